#!/usr/bin/env python3
"""audit.py BETS.CSV NUMBER SHA256: who has won, from the sealed bets alone.

Recomputes the hash of the file and the winners of each agency with Python's standard library; it shares no code
with the programs that sealed the bets and held the draw. Exits 0 if the file is the sealed one, otherwise 1.
"""
import csv
import hashlib
import io
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
    print(f"sha256: {found}" + (": as sealed" if found == seal.lower() else f": NOT the sealed {seal}"))
    return 0 if found == seal.lower() else 1


if __name__ == "__main__":
    if len(sys.argv) != 4 or not sys.argv[2].isdecimal():
        sys.exit(__doc__)  # on the standard error, exit code 1
    try:
        sys.exit(audit(sys.argv[1], int(sys.argv[2]), sys.argv[3]))
    except (OSError, ValueError, csv.Error) as wrong:
        sys.exit(f"audit.py: {sys.argv[1]}: {wrong}")
