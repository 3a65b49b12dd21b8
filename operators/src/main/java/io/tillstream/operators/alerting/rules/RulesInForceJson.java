package io.tillstream.operators.alerting.rules;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tillstream.routing.alert.Rule;
import io.tillstream.routing.alert.RuleJson;
import io.tillstream.routing.json.JsonTimes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The JSON of {@link RulesInForce}, as it stands in {@code control}. */
public final class RulesInForceJson {
  /** The type, which is the record's key too. */
  public static final String TYPE = "rules-in-force";

  private static final JsonFactory JSON = new JsonFactory();

  private RulesInForceJson() {}

  /** One object in UTF-8. */
  public static byte[] write(RulesInForce inForce) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      out.writeStartObject();
      out.writeStringField("type", TYPE);
      out.writeStringField("command_id", inForce.commandId()); // null stands as null
      out.writeNumberField("version", inForce.book().version());
      out.writeArrayFieldStart("rules");
      for (Rule rule : inForce.book().rules()) {
        RuleJson.write(rule, out);
      }
      out.writeEndArray();
      out.writeStringField("at", JsonTimes.text(inForce.at()));
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // nothing is written to but memory
    }
    return bytes.toByteArray();
  }
}
