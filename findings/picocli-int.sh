#!/usr/bin/env bash
# picocli 4.7.7: an int option takes digits of any script and a plus sign, and an @file that is missing is a parameter.
#
# The first follows from Integer.valueOf, and surprises who validates a port or a number by the option's type. The second surprises
# more: with the file there, its lines are arguments; without it, "@missing" is passed on as the first positional parameter, and
# nothing is said. Our commands read numbers by a converter of their own.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

package info.picocli:picocli:4.7.7
cat >"$folder/Options.java" <<'END'
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

class Options {
  @Command
  static class Asked implements Runnable {
    @Option(names = "--number") int number;
    @Parameters(arity = "0..1") String file = "none";

    @Override
    public void run() {
      System.out.println("number " + number + ", file " + file);
    }
  }

  public static void main(String[] arguments) {
    for (String[] line : new String[][] {{"--number=7574"}, {"--number=+7574"}, {"--number=٧٥٧٤"}, {"--number=７５７４"},
        {"--number=007"}, {"--number=0x10"}, {"@there"}, {"@missing"}}) {
      System.out.print(line[0] + ": ");
      CommandLine parser = new CommandLine(new Asked());
      parser.setParameterExceptionHandler((refused, _) -> {
        System.out.println("refused: " + refused.getMessage());
        return 2;
      });
      parser.execute(line);
    }
  }
}
END
echo '--number=12' >"$folder/there"
cd "$folder"
run Options >"$folder/out" 2>&1
seen "$folder/out" <<'END'
--number=7574: number 7574, file none
--number=+7574: number 7574, file none
--number=٧٥٧٤: number 7574, file none
--number=７５７４: number 7574, file none
--number=007: number 7, file none
--number=0x10: refused: Invalid value for option '--number': '0x10' is not an int
@there: number 12, file none
@missing: number 0, file @missing
END
