package io.tillstream.routing.simulation;

import io.tillstream.routing.agent.AgentReport;
import io.tillstream.routing.plan.PlannedRoute;
import io.tillstream.routing.plan.RoutePlan;
import io.tillstream.routing.route.Command;
import io.tillstream.routing.route.Decision;
import io.tillstream.routing.route.Input;
import io.tillstream.routing.route.Mode;
import io.tillstream.routing.route.Orchestrator;
import io.tillstream.routing.route.OrchestratorState;
import io.tillstream.routing.route.OrchestratorStateCodec;
import io.tillstream.routing.route.Step;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * A world of agents, a bus and an orchestrator, in true time. It goes through seasons: storms, in
 * which the bus is as bad as the weather says; clear ones, in which agents go on failing but
 * reports flow; and peace, in which nothing happens at all.
 */
final class World {
  static final long TICK_MS = 500;
  static final long QUICK_MS = 300;
  static final long LONGEST_DELAY_MS = 20_000;

  /** How long it takes at most to hear all voices after a start. */
  static final long OWN_MS = 5_000;

  static final long SLACK_MS = 5_000;
  // The bus is clear when what was late has arrived, and lives confused by that are sorted out.
  private static final long SETTLED_MS = LONGEST_DELAY_MS + 15_000;
  private static final long SETTLING_MS = 5_000;
  private static final int CHECKPOINTS = 3;
  private static final int MOST_HISTORY = 100;
  private static final long SOME = 10; // the scale of the weather's figures

  private enum Season {
    STORM,
    CLEAR,
    PEACE
  }

  private record Event(long at, long order, Runnable what, boolean needsOrchestrator)
      implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private record Checkpoint(OrchestratorState state, long at) {}

  private record Said(Command command, long at) {}

  private final Weather weather;
  private final SplittableRandom random;
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final List<Actor> actors = new ArrayList<>();
  private final Actor own;
  private final Deque<Checkpoint> checkpoints = new ArrayDeque<>();
  private final Deque<AgentReport> history = new ArrayDeque<>();
  private final List<Said> commands = new ArrayList<>();
  private final Witness witness;

  private OrchestratorState state = OrchestratorState.initial(0);
  private RoutePlan submitted = RoutePlan.standard();
  private Season season = Season.CLEAR;
  private long clearAt = SETTLED_MS;
  private long time;
  private long clockOffset;
  private long lives = 1;
  private long order;
  private long commandIds;
  private int attempt;
  private boolean alive;
  private long pausedUntil;
  private long restoredAt;
  private boolean busDown;
  private boolean busKeeps;
  private long pausedAt = Long.MAX_VALUE;
  private long outageAt = Long.MAX_VALUE;
  private long outageEnd;
  private long stormEnd = SETTLED_MS;
  private final List<AgentReport> kept = new ArrayList<>();

  World(Weather weather) {
    this.weather = weather;
    random = new SplittableRandom(weather.seed());
    actors.add(new Actor("enrichment", "look-up", 0, 2));
    actors.add(new Actor("enrichment", "look-up", 1, 2));
    actors.add(new Actor("aggregation", "pre-sum", 0, 1));
    actors.add(new Actor("backup-aggregation", "sums", 0, 1));
    own = new Actor("orchestrator", "decide", 0, 1);
    actors.add(own);
    witness = new Witness();
  }

  /** Lets so much time go by; throws what the witness objects to. */
  void run(long millis) {
    start();
    for (Actor actor : actors) {
      at(random.nextLong(1_000), () -> speakForEver(actor), false);
    }
    for (String agent : List.of("enrichment", "aggregation", "backup-aggregation")) {
      at(random.nextLong(10_000), () -> change(agent), false);
    }
    at(0, this::tick, true);
    at(10_000, this::checkpoint, true);
    at(random.nextLong(60_000), this::turn, false);
    happen(weather.clockSteps(), 300_000, this::stepClocks);
    happen(weather.pauses(), 120_000, this::pause);
    happen(weather.commands(), 60_000, this::command);
    happen(weather.plans(), 300_000, this::plan);
    happen(weather.restores(), 120_000, this::crash);
    happen(weather.outages(), 120_000, this::outage);
    while (time < millis) {
      Event event = events.remove();
      if (event.needsOrchestrator && event.at < pausedUntil) {
        events.add(new Event(pausedUntil, event.order, event.what, true));
        continue;
      }
      time = event.at;
      event.what.run();
    }
  }

  /** What was decided how often, in a few words each. */
  Map<String, Integer> happened() {
    return witness.happened();
  }

  private void at(long delay, Runnable what, boolean needsOrchestrator) {
    events.add(new Event(time + delay, order++, what, needsOrchestrator));
  }

  /** Something that comes again and again by chance, but not in peace. */
  private void happen(int strength, long meanAtFull, Runnable what) {
    if (strength > 0) {
      long mean = meanAtFull * SOME / strength;
      at(
          1 + random.nextLong(2 * mean),
          () -> {
            if (season != Season.PEACE) {
              what.run();
            }
            happen(strength, meanAtFull, what);
          },
          false);
    }
  }

  private boolean chance(int strength, double atFull) {
    return season == Season.STORM && random.nextDouble() < atFull * strength / SOME;
  }

  private void turn() {
    boolean stormy = season == Season.STORM;
    season = Season.values()[random.nextInt(3)];
    if (stormy && season != Season.STORM) {
      stormEnd = time + SETTLED_MS;
      clearAt = stormEnd;
    } else if (season == Season.STORM) {
      stormEnd = Long.MAX_VALUE;
      clearAt = stormEnd;
    }
    if (season == Season.PEACE) {
      endOutage();
      for (String agent : List.of("enrichment", "aggregation", "backup-aggregation")) {
        suffer(agent, Trouble.NONE);
      }
      at(60_000 + random.nextLong(120_000), this::turn, false);
    } else {
      at(20_000 + random.nextLong(240_000), this::turn, false);
    }
  }

  private boolean isClear() {
    return time >= clearAt && !busDown && time >= pausedUntil;
  }

  // Reports that arrive now may be as old as this.
  private long newsSince() {
    boolean late = busDown || time < pausedUntil + SETTLING_MS || time < outageEnd + SETTLING_MS;
    return late ? Math.min(time, Math.min(pausedAt, outageAt)) : time;
  }

  // Agents.

  private void change(String agent) {
    long next = 10_000;
    if (season != Season.PEACE && weather.troubles() > 0) {
      boolean ill = random.nextLong(SOME) < weather.troubles() && random.nextBoolean();
      Trouble[] all = Trouble.values();
      suffer(agent, ill ? all[1 + random.nextInt(all.length - 1)] : Trouble.NONE);
      next =
          switch (random.nextInt(3)) {
            case 0 -> 1 + random.nextLong(3_000);
            case 1 -> 1 + random.nextLong(20_000);
            default -> 1 + random.nextLong(120_000);
          };
    }
    at(next, () -> change(agent), false);
  }

  private void suffer(String agent, Trouble trouble) {
    boolean one = random.nextBoolean();
    for (Actor actor : actors) {
      if (actor.agent.equals(agent)) {
        Trouble his = one && actor.subtask > 0 ? Trouble.NONE : trouble;
        if (actor.suffer(his, time) && alive) {
          speak(actor);
        }
      }
    }
    witness.truth(agent, trouble, time);
  }

  // Whoever breaks down under all the records and recovers without them flaps as fast as it can.
  private void overload() {
    for (PlannedRoute route : state.plan().routes()) {
      if (witness.isOverloaded(route.primary())) {
        boolean all = state.routes().get(route.name()).state().primary();
        for (Actor actor : actors) {
          if (actor.agent.equals(route.primary())
              && actor.suffer(all ? Trouble.FAILED : Trouble.NONE, time)) {
            speak(actor);
          }
        }
      }
    }
  }

  private void speakForEver(Actor actor) {
    if (alive && !actor.mute) {
      speak(actor);
    }
    at(1_000, () -> speakForEver(actor), false);
  }

  private void speak(Actor actor) {
    AgentReport report = actor.report(time, state.epoch());
    if (chance(weather.losses(), 0.5)) {
      return;
    }
    pass(report);
  }

  private void pass(AgentReport report) {
    if (busDown) {
      if (busKeeps) {
        kept.add(report);
      }
      return;
    }
    send(report);
    // Also when the bus is clear: what comes again, however late, is no news.
    if (season != Season.PEACE && random.nextDouble() < 0.1 * weather.duplicates() / SOME) {
      at(1 + random.nextLong(LONGEST_DELAY_MS), () -> deliver(report), true);
    }
  }

  private void send(AgentReport report) {
    long delay =
        chance(weather.delays(), 0.2)
            ? random.nextLong(LONGEST_DELAY_MS)
            : 1 + random.nextLong(QUICK_MS);
    at(delay, () -> deliver(report), true);
  }

  // The bus.

  private void outage() {
    if (!busDown) {
      disturbed();
      busDown = true;
      outageAt = time >= outageEnd + SETTLING_MS ? time : outageAt;
      busKeeps = random.nextBoolean();
      at(500 + random.nextLong(60_000), this::endOutage, false);
    }
  }

  // One disturbance is no storm; several on each other's heels lose reports as a storm does.
  private void disturbed() {
    if (busDown || time < Math.max(pausedUntil, outageEnd) + 2 * SETTLING_MS) {
      stormEnd = Math.max(stormEnd, time + 2 * SETTLED_MS);
      clearAt = Math.max(clearAt, stormEnd);
    }
  }

  private void endOutage() {
    if (busDown) {
      busDown = false;
      outageEnd = time;
      kept.forEach(this::send);
      kept.clear();
      // What was kept arrives in any order, and tells of times long past.
      clearAt = Math.max(clearAt, time + SETTLING_MS);
    }
  }

  private void deliver(AgentReport report) {
    history.addLast(report);
    if (history.size() > MOST_HISTORY) {
      history.removeFirst();
    }
    if (alive) {
      decide(new Input.Reported(report));
    }
  }

  // The orchestrator.

  private void start() {
    alive = true;
    for (Actor actor : actors) {
      actor.begin(++lives);
    }
    decide(new Input.Started(own.life, attempt, submitted));
    witness.started(own.life, time);
  }

  private void tick() {
    if (alive) {
      decide(new Input.Tick());
      overload();
      witness.look(state, time, isClear(), season == Season.PEACE);
    }
    at(TICK_MS, this::tick, true);
  }

  private void checkpoint() {
    if (alive) {
      checkpoints.addLast(new Checkpoint(state, time));
      if (checkpoints.size() > CHECKPOINTS) {
        checkpoints.removeFirst();
      }
    }
    at(10_000, this::checkpoint, true);
  }

  private void crash() {
    if (!alive) {
      return;
    }
    alive = false;
    boolean upgrade = random.nextInt(4) == 0;
    if (upgrade) {
      attempt = 0;
      checkpoints.clear();
      checkpoints.addLast(new Checkpoint(state, time));
      if (weather.plans() > 0 && random.nextBoolean()) {
        submitted = Plans.ALL.get(random.nextInt(Plans.ALL.size()));
      }
    } else {
      attempt++;
      // Now and then the newest checkpoint is lost, but never one that was restored already.
      boolean spare = checkpoints.size() > 1 && checkpoints.peekLast().at() > restoredAt;
      if (spare && random.nextInt(4) == 0) {
        checkpoints.removeLast();
      }
    }
    at(500 + random.nextLong(20_000), this::restore, false);
  }

  private void restore() {
    Checkpoint from = checkpoints.peekLast();
    restoredAt = time;
    state = from == null ? OrchestratorState.initial(time) : copy(from.state());
    long since = from == null ? -1 : from.at();
    witness.restored(time);
    Actor zombie = actors.get(random.nextInt(actors.size())).zombie();
    start();
    // One of whom nobody ever heard cannot be told from a new life; the history tells of others.
    boolean known = history.stream().anyMatch(report -> report.incarnation() == zombie.life);
    for (long second = 3; known && second <= 15; second++) {
      // Nor when it is the first to be heard after an outage: then it takes a second to see.
      Runnable speaks =
          () -> {
            if (newsSince() == time) {
              pass(zombie.report(time, 0));
            }
          };
      at(second * 1_000, speaks, false);
    }
    // The bus hands out again what came after the checkpoint.
    for (AgentReport report : List.copyOf(history)) {
      decide(new Input.Reported(report));
    }
    for (Said said : commands) {
      if (said.at() > since) {
        tell(said.command());
      }
    }
  }

  private static OrchestratorState copy(OrchestratorState state) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      OrchestratorStateCodec codec = new OrchestratorStateCodec();
      codec.write(state, new DataOutputStream(bytes));
      OrchestratorState copy =
          codec.read(
              new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), codec.version());
      if (!copy.equals(state.remembered())) {
        throw new AssertionError("the codec changed " + state + " to " + copy);
      }
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void stepClocks() {
    long[] scales = {1_000, 60_000, 36_000_000};
    long step = random.nextLong(2 * scales[random.nextInt(3)]) - scales[1];
    if (random.nextBoolean()) {
      clockOffset += step;
    } else {
      actors.get(random.nextInt(actors.size())).clockOffset += step;
    }
  }

  private void pause() {
    disturbed();
    pausedAt = time >= pausedUntil + SETTLING_MS ? time : pausedAt;
    pausedUntil = Math.max(pausedUntil, time + random.nextLong(30_000));
    // Behind the pause, what piled up has to be heard first.
    clearAt = Math.max(clearAt, pausedUntil + SETTLING_MS);
  }

  // People.

  private void command() {
    String route = RoutePlan.ROUTES.get(random.nextInt(2));
    Mode[] modes = {Mode.AUTO, Mode.AUTO, Mode.AUTO, Mode.PRIMARY, Mode.FALLBACK, Mode.OBSERVE};
    Mode mode = modes[random.nextInt(modes.length)];
    say(new Command.SetMode("c" + commandIds++, route, mode, "ada"));
  }

  private void plan() {
    RoutePlan plan = Plans.ALL.get(random.nextInt(Plans.ALL.size()));
    say(new Command.ApplyRoutes("c" + commandIds++, plan, "ada"));
  }

  private void say(Command command) {
    commands.add(new Said(command, time));
    if (commands.size() > OrchestratorState.REMEMBERED / 2) {
      commands.remove(0);
    }
    if (alive) {
      tell(command);
      if (random.nextInt(4) == 0) {
        tell(command);
      }
    }
  }

  private void tell(Command command) {
    decide(new Input.Told(command));
  }

  private void decide(Input input) {
    OrchestratorState before = state;
    Step step = Orchestrator.decide(before, input, time + clockOffset);
    state = step.state();
    List<Decision> decisions = step.decisions();
    witness.step(before, input, state, decisions, time, time >= stormEnd, newsSince());
  }
}
