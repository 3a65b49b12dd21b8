package io.tillstream.operators.alerting.webhooks.sending;

import java.io.IOException;
import java.time.Duration;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** How the HTTP client is set up: it does what it is told and nothing of its own accord. */
final class Clients {
  // How many connections there may be is decided by the queues; the pool must not make one
  // destination wait for another.
  private static final int NO_BOUND = 1 << 20;
  private static final String ATTEMPT = "tillstream.attempt";
  private static final TimeValue IDLE = TimeValue.ofSeconds(30);

  private Clients() {}

  /** What goes with the request of an attempt. */
  static HttpClientContext context(Attempt attempt) {
    HttpClientContext context = HttpClientContext.create();
    context.setAttribute(ATTEMPT, attempt);
    return context;
  }

  // Tells the attempt how to close its connection.
  private static void execute(
      HttpRequest request,
      AsyncEntityProducer body,
      AsyncExecChain.Scope scope,
      AsyncExecChain chain,
      AsyncExecCallback callback)
      throws HttpException, IOException {
    if (scope.clientContext.getAttribute(ATTEMPT) instanceof Attempt attempt) {
      attempt.closer(scope.execRuntime::discardEndpoint);
    }
    chain.proceed(request, body, scope, callback);
  }

  static CloseableHttpAsyncClient open(Duration timeout, DnsResolver resolver) {
    Timeout bound = Timeout.of(timeout);
    CloseableHttpAsyncClient client =
        HttpAsyncClients.custom()
            .setConnectionManager(
                PoolingAsyncClientConnectionManagerBuilder.create()
                    .setDnsResolver(resolver)
                    .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                    .setMaxConnPerRoute(NO_BOUND)
                    .setMaxConnTotal(NO_BOUND)
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(bound)
                            .setSocketTimeout(bound)
                            .setTimeToLive(TimeValue.ofMinutes(5))
                            .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                            .build())
                    .setDefaultTlsConfig(
                        TlsConfig.custom()
                            .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1)
                            .setHandshakeTimeout(bound)
                            .build())
                    .build())
            .setIOReactorConfig(
                IOReactorConfig.custom()
                    .setIoThreadCount(1)
                    .setSoTimeout(bound)
                    .setTcpNoDelay(true)
                    .build())
            .setThreadFactory(new DefaultThreadFactory("webhook-sender", true))
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setConnectionRequestTimeout(bound)
                    .setResponseTimeout(bound)
                    .setConnectionKeepAlive(IDLE)
                    .setRedirectsEnabled(false)
                    .setAuthenticationEnabled(false)
                    .setContentCompressionEnabled(false)
                    .setProtocolUpgradeEnabled(false)
                    .build())
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableAuthCaching()
            .evictIdleConnections(IDLE)
            .addExecInterceptorFirst("attempt", Clients::execute)
            .setUserAgent("tillstream-webhooks")
            .build();
    client.start();
    return client;
  }
}
