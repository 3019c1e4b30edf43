#!/usr/bin/env bash
# FastCSV 4.4.0: an unclosed quote is no error by default, although a row of another length is.
#
# A reader that refuses a row with one field too few seems strict, so one would expect it to refuse a quote that is never closed.
# It does not: the rest of the file becomes one field, and its rows are lost without an exception. `allowUnclosedQuote(false)`
# makes it an error. CarefulRows sets it, and takes rows of any length, to name what is wrong by itself.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

package de.siegmar:fastcsv:4.4.0
cat >"$folder/Rows.java" <<'END'
import de.siegmar.fastcsv.reader.CsvReader;

class Rows {
  static void read(String what, CsvReader.CsvReaderBuilder builder, String text) {
    System.out.print(what + ":");
    try {
      builder.ofCsvRecord(text).forEach(record -> System.out.print(" " + record.getFields().toString().replace("\n", "\\n")));
      System.out.println();
    } catch (RuntimeException refused) {
      Throwable why = refused.getCause() == null ? refused : refused.getCause();
      System.out.println(" " + refused.getClass().getSimpleName() + ": " + why.getMessage());
    }
  }

  public static void main(String[] arguments) {
    read("ragged, default", CsvReader.builder(), "a,b\nc\n");
    read("unclosed, default", CsvReader.builder(), "a,b\nc,\"d\ne,f\n");
    read("unclosed, not allowed", CsvReader.builder().allowUnclosedQuote(false), "a,b\nc,\"d\ne,f\n");
  }
}
END
run Rows >"$folder/out" 2>&1
seen "$folder/out" <<'END'
ragged, default: [a, b] CsvParseException: Record 2 has 1 fields, but first record had 2 fields
unclosed, default: [a, b] [c, d\ne,f\n]
unclosed, not allowed: [a, b] CsvParseException: Unclosed quoted field at end of input (record starting at line 2)
END
