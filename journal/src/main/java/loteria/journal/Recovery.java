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
    assert blocks >= 0 && records >= blocks : blocks + " blocks of " + records + " records";
    assert keptBytes >= 0 && tornBytes >= 0 : keptBytes + " bytes kept, torn " + tornBytes;
  }
}
