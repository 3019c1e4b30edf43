package loteria.runtime;

import org.jspecify.annotations.Nullable;

/**
 * One value that a settings file gives.
 *
 * @param key its name, as written; upper and lower case are alike
 * @param value the text as written, without quotes; null if there is nothing, as under a YAML key
 *     with an empty value
 * @param source the file and the line, for messages
 */
record FileEntry(String key, @Nullable String value, String source) {
  /** The value for messages. */
  String written() {
    return value == null ? "" : value;
  }

  /** The trouble of {@code again}, which gives a key that this entry gave before it. */
  BadSettingException givenTwice(FileEntry again) {
    return BadSettingException.ofValue(
        again.key, again.written(), again.source, "is given twice, first in " + source);
  }
}
