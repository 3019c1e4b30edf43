package loteria.journal;

/**
 * What was found in a journal when it was opened.
 *
 * @param blocks valid blocks, that is, groups that were appended together
 * @param records records in them
 * @param keptBytes size of all that was valid, file header included; 0 if the journal was new
 * @param tornBytes size of an unfinished write at the end, which was never acknowledged and is cut
 *     off; zeros at the end are cut off too, but are not counted
 */
public record Recovery(long blocks, long records, long keptBytes, long tornBytes) {
  public Recovery {
    if (blocks < 0 || records < blocks || keptBytes < 0 || tornBytes < 0) {
      throw new IllegalArgumentException(
          "recovery of %d blocks, %d records, %d bytes kept, %d bytes torn"
              .formatted(blocks, records, keptBytes, tornBytes));
    }
  }
}
