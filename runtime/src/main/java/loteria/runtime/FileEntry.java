package loteria.runtime;

/**
 * One value that a settings file gives.
 *
 * @param key the name under which {@link Setting#key} finds it
 * @param value the text as written, without quotes
 * @param source the file and the line, for messages
 */
record FileEntry(String key, String value, String source) {
  /** The trouble of {@code again}, which gives a key that this entry gave before it. */
  BadSettingException givenTwice(FileEntry again) {
    return BadSettingException.ofValue(
        again.key,
        again.value,
        again.source,
        "each key once",
        "is given twice, first in " + source);
  }
}
