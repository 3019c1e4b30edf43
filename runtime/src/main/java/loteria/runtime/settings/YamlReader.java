package loteria.runtime.settings;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads a YAML file of nested mappings: {@code loop: {period: 5s}} is {@code loop.period} with the
 * value {@code 5s}. Keys are read in any case, and a key with nothing, {@code ~} or {@code null} is
 * as if it were not there: both as viper does.
 *
 * <p>Each scalar keeps the text that the user wrote: {@code 012}, {@code no} and {@code 1e3} stay
 * that. Sequences, anchors, aliases and tags have no use here and are refused, so nothing can
 * expand.
 *
 * <p>It reads the parser's events and not the composer's nodes, which tell a tag that was written
 * from one that was concluded only by its name, compose without a bound of depth (a stack overflow
 * at 16,000 levels), and cost each start 25 more classes and some 12 ms (version 3.2).
 */
final class YamlReader {
  private static final int LEVELS_MAX = 8;
  private static final String ALLOWED = "one YAML document of nested key: value mappings";

  private final String source;
  private final Iterator<Event> events;
  private final Map<String, SettingsFile.Entry> entries = new LinkedHashMap<>();

  private YamlReader(String source, Iterator<Event> events) {
    this.source = source;
    this.events = events;
  }

  /**
   * The values of a file of that text, by dotted path in lower case; {@code source} is what
   * messages call the file.
   */
  static Map<String, SettingsFile.Entry> entries(String text, String source)
      throws BadSettingException {
    LoadSettings settings =
        LoadSettings.builder().setCodePointLimit(SettingsFile.FILE_BYTES_MAX).build();
    YamlReader reader =
        new YamlReader(source, new ParserImpl(settings, new StreamReader(settings, text)));
    try {
      reader.stream();
    } catch (MarkedYamlEngineException exception) {
      throw reader.refusal(exception.getProblemMark(), "is not YAML: " + exception.getProblem());
    } catch (YamlEngineException exception) {
      throw reader.refusal(Optional.empty(), "is not YAML: " + exception.getMessage());
    } catch (IllegalArgumentException | IndexOutOfBoundsException exception) {
      // So the parser fails where a file ends within an escape such as \u00f1, or names no
      // character.
      throw reader.refusal(
          Optional.empty(), "is not YAML: in an escape: " + exception.getMessage());
    }
    return reader.entries;
  }

  private void stream() throws BadSettingException {
    events.next(); // the stream's start
    if (events.next() instanceof StreamEndEvent) {
      return;
    }
    Event root = events.next();
    if (root instanceof MappingStartEvent) {
      refuseAdornment(root);
      mapping("", 1);
    } else if (!(root instanceof ScalarEvent scalar
        && scalar.isPlain()
        && scalar.getValue().isEmpty())) {
      throw refusal(root, "is not a mapping of keys to values");
    }
    events.next(); // the document's end
    Event end = events.next();
    if (!(end instanceof StreamEndEvent)) {
      throw refusal(end, "starts a second document");
    }
  }

  /** What follows a mapping's start, up to its end. */
  private void mapping(String prefix, int level) throws BadSettingException {
    for (Event key = events.next(); !(key instanceof MappingEndEvent); key = events.next()) {
      refuseAdornment(key);
      if (!(key instanceof ScalarEvent scalar) || scalar.getValue().isEmpty()) {
        throw refusal(key, "has a key that is not a word");
      }
      value(prefix.concat(scalar.getValue()), level);
    }
  }

  private void value(String path, int level) throws BadSettingException {
    Event value = events.next();
    refuseAdornment(value);
    if (value instanceof ScalarEvent scalar) {
      String written = isNothing(scalar) ? null : scalar.getValue();
      new SettingsFile.Entry(path, written, lineSource(value.getStartMark())).addTo(entries);
    } else if (!(value instanceof MappingStartEvent)) {
      throw refusal(value, "gives " + path + " a list; it takes one value");
    } else if (level == LEVELS_MAX) {
      throw refusal(value, "is nested deeper than " + LEVELS_MAX + " levels");
    } else {
      mapping(path.concat("."), level + 1);
    }
  }

  private static boolean isNothing(ScalarEvent scalar) {
    return scalar.isPlain()
        && switch (scalar.getValue()) {
          case "", "~", "null", "Null", "NULL" -> true;
          default -> false;
        };
  }

  private void refuseAdornment(Event event) throws BadSettingException {
    // An alias has an anchor: the one that it means.
    boolean anchored = event instanceof NodeEvent node && node.getAnchor().isPresent();
    boolean tagged =
        (event instanceof ScalarEvent scalar && scalar.getTag().isPresent())
            || (event instanceof CollectionStartEvent start && start.getTag().isPresent());
    if (anchored || tagged) {
      throw refusal(event, "has an anchor, an alias or a tag");
    }
  }

  private BadSettingException refusal(Event event, String problem) {
    return refusal(event.getStartMark(), problem);
  }

  private BadSettingException refusal(Optional<Mark> mark, String problem) {
    return BadSettingException.ofFile(lineSource(mark), problem, ALLOWED);
  }

  private String lineSource(Optional<Mark> mark) {
    return mark.isEmpty() ? source : SettingsFile.line(source, mark.get().getLine() + 1);
  }
}
