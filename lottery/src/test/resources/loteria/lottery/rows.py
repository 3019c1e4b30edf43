"""Makes vectors for the rows of bets.csv by CPython's own csv module, and reads rows back.

rows.py make SEED COUNT   prints, one a line, in hexadecimal but for the verb:
    lay FIRST LAST DOCUMENT DATE NUMBER ROW   the row that csv.writer lays of a valid bet
    check VERDICT ROW                         a mutated row; 1 if it is the one row of a valid bet
rows.py load FILE         prints the fields of each row as the course's load_bets reads them
"""

import csv
import datetime
import io
import random
import re
import sys
import unicodedata

AGENCY = 3
NAMES = [
    'María José Ñandú Güemes', "O'Higgins, Bernardo", 'Juan "El Rápido"', '"', '""', ',', ',",",',
    ' blank before', 'blank after ', ' ', '#no comment', "'single'", 'back\\slash', 'a;b\u00a0c',
    '\ufeffBOM', '🎲🎉', 'Ñ' * 127, 'x' * 255, '"' * 255, ',' * 255, 'é' * 126 + '","'[:3], '=1+1', '0',
    'None', 'null', '-', '\u202eabc', '\u200b', 'a|b', '木村', 'e\u0301', '\uffff', '\U0010ffff', '~',
]
HARD = '",\' #;\\abc|ñáÑ0\u00a0€🍀'
BYTES = [bytes([b]) for b in b',,,""\r\n\t 0179-aZ\x00\x1f\x7f\x80\xbf\xc3\xe2\xff'] + [
    text.encode() for text in ('ñ', '\x85', '\u2028', '€', '🍀', '""', ',"', '",', '\r\n', '\x9f')
] + [b'\xc0\x80', b'\xed\xa0\x80', b'\xe0\x9f\xbf', b'\xf4\x90\x80\x80', b'\xf0\x8f\xbf\xbf']


def is_name(text, bytes_min):
    return bytes_min <= len(text.encode()) <= 255 and not any(
        unicodedata.category(c) in ('Cc', 'Zl', 'Zp', 'Cs') for c in text)


def lay(fields):
    """As the course's store_bets does."""
    agency, first, last, document, date, number = fields
    row = io.StringIO(newline='')
    csv.writer(row, quoting=csv.QUOTE_MINIMAL).writerow(
        [int(agency), first, last, document, datetime.date.fromisoformat(date), int(number)])
    return row.getvalue().encode()


def is_row(row):
    """Whether Python parses it to the fields of one valid bet, and lays these bytes again."""
    try:
        rows = list(csv.reader(io.StringIO(row.decode(), newline=''), strict=True))
        if len(rows) != 1 or len(rows[0]) != 6:
            return False
        agency, first, last, document, date, number = rows[0]
        return (
            agency == str(AGENCY)
            and is_name(first, 1)
            and is_name(last, 0)
            and re.fullmatch('[0-9]{1,20}', document) is not None
            and re.fullmatch('[0-9]{4}-[0-9]{2}-[0-9]{2}', date) is not None
            and 0 <= int(number) <= 9999
            and lay(rows[0]) == row)
    except (UnicodeDecodeError, ValueError, csv.Error):
        return False


class Maker:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def name(self, length_min):
        kind = self.random.random()
        if kind < 0.2:
            return self.random.choice(NAMES)
        if kind < 0.25:  # about as long as a name may be
            text = ''.join(self.random.choice(HARD) for _ in range(self.random.randint(60, 255)))
            return text if is_name(text, 1) else text[:60]
        length = self.random.randint(length_min, 12)
        text = ''
        while len(text) < length:
            c = (self.random.choice(HARD) if self.random.random() < 0.7
                 else chr(self.random.randrange(0x110000)))
            if is_name(c, 1) if not 0xd800 <= ord(c) <= 0xdfff else False:
                text += c
        return text

    def fields(self):
        return [
            str(AGENCY),
            self.name(1),
            self.name(0),
            ''.join(self.random.choice('0123456789') for _ in range(self.random.randint(1, 20))),
            datetime.date.fromordinal(self.random.randint(1, datetime.date.max.toordinal())).isoformat(),
            str(self.random.randint(0, 9999)),
        ]

    def mutated(self, row):
        for _ in range(self.random.choice((0, 1, 1, 1, 1, 2, 3))):
            at = self.random.randrange(len(row) + 1)
            part = self.random.choice(BYTES)
            kind = self.random.randrange(6)
            if kind == 0:  # put in
                row = row[:at] + part + row[at:]
            elif kind == 1:  # put in the place of as much
                row = row[:at] + part + row[at + len(part):]
            elif kind == 2:  # taken out
                row = row[:at] + row[at + self.random.randint(1, 3):]
            elif kind == 3:  # near the end, where the digits are
                at = len(row) - self.random.randint(1, min(30, len(row)))
                row = row[:at] + part + row[at + self.random.randint(0, 1):]
            elif kind == 4:  # one byte, by one bit
                at = self.random.randrange(len(row))
                row = row[:at] + bytes([row[at] ^ 1 << self.random.randrange(8)]) + row[at + 1:]
            else:  # a field between quotes, or out of them
                parts = row.split(b',')
                field = self.random.randrange(len(parts))
                parts[field] = (parts[field].strip(b'"') if b'"' in parts[field]
                                else b'"' + parts[field] + b'"')
                row = b','.join(parts)
            if not row:
                return b','
        return row


def make(seed, count):
    maker = Maker(seed)
    for _ in range(count):
        fields = maker.fields()
        row = lay(fields)
        print('lay', *(field.encode().hex() or '-' for field in fields[1:]), row.hex())
        for _ in range(2):
            mutated = maker.mutated(row)
            print('check', int(is_row(mutated)), mutated.hex())


def load(path):
    with open(path, 'r') as file:
        for row in csv.reader(file, quoting=csv.QUOTE_MINIMAL):
            assert len(row) == 6, row
            datetime.date.fromisoformat(row[4])
            print(*(field.encode().hex() or '-' for field in row[1:]))


if sys.argv[1] == 'make':
    make(int(sys.argv[2]), int(sys.argv[3]))
else:
    load(sys.argv[2])
