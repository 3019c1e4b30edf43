#!/usr/bin/env python3
"""audit.py BETS.CSV NUMBER SHA256: who has won, from the sealed bets alone.

Recomputes the hash of the file and the winners of each agency with Python's standard library; it shares no code
with the programs that sealed the bets and held the draw. Blanks and line ends within SHA256 do not count.
Exits 0 if the file is the sealed one, 1 if it is not or cannot be read, 2 if it was called wrongly.
"""
import csv
import hashlib
import io
import re
import sys


class Hashed(io.RawIOBase):
    """A file that hashes what is read from it."""

    def __init__(self, raw):
        self.raw, self.sha256 = raw, hashlib.sha256()

    def readable(self):
        return True

    def readinto(self, buffer):
        count = self.raw.readinto(buffer)
        self.sha256.update(buffer[:count])
        return count


def audit(name, number, seal):
    bets, winners = {}, {}
    with open(name, "rb", buffering=0) as raw:
        hashed = Hashed(raw)
        for row in csv.reader(io.TextIOWrapper(io.BufferedReader(hashed), encoding="utf-8", newline=""), strict=True):
            agency, _, _, document, _, bet = row
            bets[int(agency)] = bets.get(int(agency), 0) + 1
            if int(bet) == number:
                winners.setdefault(int(agency), []).append(document)
    for agency in sorted(bets):
        won = winners.get(agency, [])
        print(f"agency {agency}: {bets[agency]} bets, {len(won)} winners", *won)
    print(f"total: {sum(bets.values())} bets, {sum(map(len, winners.values()))} winners of number {number}")
    found = hashed.sha256.hexdigest()
    print(f"sha256: {found}" + (": as sealed" if found == seal else f": NOT the sealed {seal}"))
    return 0 if found == seal else 1


def usage(wrong):
    print(f"audit.py: {wrong}\n\n{__doc__}", end="", file=sys.stderr)
    sys.exit(2)


if __name__ == "__main__":
    if len(sys.argv) < 4:
        usage(f"{len(sys.argv) - 1} arguments, not a file, a number and a hash")
    file, number, seal = sys.argv[1], sys.argv[2], "".join("".join(sys.argv[3:]).split()).lower()
    if not re.fullmatch("[0-9]{1,4}", number):
        usage(f"number of '{number}' is not 0 to 9999")
    if not re.fullmatch("[0-9a-f]{64}", seal):
        usage(f"seal of '{seal}' is not 64 hexadecimal digits")
    try:
        sys.exit(audit(file, int(number), seal))
    except (OSError, ValueError, csv.Error) as wrong:
        sys.exit(f"audit.py: {file}: {wrong}")
