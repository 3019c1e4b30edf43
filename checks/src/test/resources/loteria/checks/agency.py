"""An agency in Python's standard library, written from docs/PROTOCOL.md alone.

agency.py HOST PORT AGENCY FILE

Uploads the file, comes back after each cut, waits for the draw, and prints the documents of its
winners, one a line. Exits with 0 when it has them, with 1 when it has to stop, saying why.
"""

import csv
import random
import socket
import struct
import sys
import time

VERSION = 4
FRAME_BYTES_MAX = 8192
ROWS_BYTES_MAX = FRAME_BYTES_MAX - 8 - 12
SILENCE_SECONDS = 30
ATTEMPTS_MAX = 1000  # in a row, without any progress

HELLO, BATCH, FINISH, ASK_WINNERS, PONG = 0x01, 0x02, 0x03, 0x04, 0x05
WELCOME, STORED, FINISHED, WINNERS_PAGE, PING, REFUSED, SEAL_RECEIPT = range(0x81, 0x88)
RETRYABLE = {4, 7, 8, 13, 14, 15, 16}

CRC_TABLE = []
for byte in range(256):
    for _ in range(8):
        byte = byte >> 1 ^ (0x82F63B78 if byte & 1 else 0)
    CRC_TABLE.append(byte)


def crc32c(data, before=0):
    crc = before ^ 0xFFFFFFFF
    for byte in data:
        crc = crc >> 8 ^ CRC_TABLE[(crc ^ byte) & 0xFF]
    return crc ^ 0xFFFFFFFF


def frame(kind, payload=b''):
    covered = struct.pack('>BBH', 0x90, kind, len(payload) + 8) + payload
    return covered + struct.pack('>I', crc32c(covered))


class Stop(Exception):
    """A person has to look: coming back would not help."""


class Lost(Exception):
    """The session is over; the agency comes back."""


def rows(agency, path):
    """The row of each bet of a file, in order (section 3)."""
    def quoted(name):
        return '"%s"' % name.replace('"', '""') if ',' in name or '"' in name else name

    with open(path, encoding='utf-8', newline='') as file:
        for fields in csv.reader(file, strict=True):
            if fields:
                if len(fields) != 5 or fields[0].startswith('\ufeff'):
                    raise Stop('%s: no bet: %s' % (path, fields))
                first, last, document, birth_date, number = fields
                number = number.lstrip('0') or number[:1]
                names = quoted(first), quoted(last)
                yield ','.join((str(agency), *names, document, birth_date, number + '\r\n')).encode()


class Session:
    def __init__(self, connection):
        connection.settimeout(SILENCE_SECONDS)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.connection = connection
        self.stream = connection.makefile('rb')

    def send(self, kind, payload=b''):
        try:
            self.connection.sendall(frame(kind, payload))
        except OSError:
            while True:  # until the refusal, which may still be there to be read
                self.receive(STORED, FINISHED)

    def receive(self, *expected):
        """The next message but pings, as its type and payload."""
        while True:
            header = self.stream.read(4)
            if len(header) < 4 or header[0] != 0x90:
                raise Lost('the connection was closed')
            length = struct.unpack('>H', header[2:])[0]
            if not 8 <= length <= FRAME_BYTES_MAX:
                raise Lost('a frame of %d bytes' % length)
            rest = self.stream.read(length - 4)
            if len(rest) < length - 4 or struct.pack('>I', crc32c(header + rest[:-4])) != rest[-4:]:
                raise Lost('a frame was cut or damaged')
            kind, payload = header[1], rest[:-4]
            if kind == REFUSED:
                code, row, following = struct.unpack('>BHQ', payload[:11])
                reason = 'refused with %d, row %d: %s' % (code, row, payload[11:].decode())
                raise Lost(reason) if code in RETRYABLE else Stop(reason)
            if kind == PING:
                self.send(PONG)
            elif kind in expected:
                return kind, payload
            else:
                raise Lost('message 0x%02x may not come here' % kind)


class Agency:
    def __init__(self, number, path):
        self.number, self.path = number, path
        self.acked = 0
        self.finished = False

    def upload(self, session):
        """One session, from Hello on; the documents of the winners."""
        session.send(HELLO, struct.pack('>BBHQ', VERSION, VERSION, self.number, self.acked))
        _, welcome = session.receive(WELCOME)
        _, self.finished, window, following, checksum = struct.unpack('>BBHQI', welcome)
        bets = rows(self.number, self.path)
        own = 0
        for ordinal in range(following):
            row = next(bets, None)
            if row is None:
                raise Stop('conflict: the file has %d bets, %d are stored' % (ordinal, following))
            own = crc32c(row, own)
        if own != checksum:
            raise Stop('conflict: not the file of which %d bets are stored' % following)
        self.acked = following
        ends, batch = [], []  # of the batches that are not acknowledged; the rows of the next one
        for row in bets:
            if self.finished:
                raise Stop('conflict: the agency has finished, and the file has more bets')
            if sum(map(len, batch)) + len(row) > ROWS_BYTES_MAX:
                following = self.send_batch(session, following, batch, ends, window)
                batch = []
            batch.append(row)
            own = crc32c(row, own)
        if batch:
            following = self.send_batch(session, following, batch, ends, window)
        if not self.finished:
            session.send(FINISH, struct.pack('>HQI', self.number, following, own))
            kind = STORED
            while kind == STORED:
                kind, payload = session.receive(STORED, FINISHED)
                self.acked = struct.unpack('>Q', payload)[0]
            self.finished = True
        session.send(ASK_WINNERS)
        _, receipt = session.receive(SEAL_RECEIPT)
        if struct.unpack('>QI', receipt[40:52]) != (following, own):
            raise Stop('the bets of this agency were not sealed as it sent them')
        return self.winners(session)

    def send_batch(self, session, first, batch, ends, window):
        while len(ends) >= window:
            self.acked = struct.unpack('>Q', session.receive(STORED)[1])[0]
            ends[:] = [end for end in ends if end > self.acked]
        header = struct.pack('>HHQ', self.number, len(batch), first)
        session.send(BATCH, header + b''.join(batch))
        ends.append(first + len(batch))
        return ends[-1]

    @staticmethod
    def winners(session):
        documents, last = [], False
        while not last:
            page = session.receive(WINNERS_PAGE)[1]
            last, at = page[2] == 1, 5
            while at < len(page):
                documents.append(page[at + 1:at + 1 + page[at]].decode())
                at += 1 + page[at]
        return documents


def run(host, port, number, path):
    agency = Agency(number, path)
    attempt = 0
    while attempt < ATTEMPTS_MAX:
        progress = agency.acked, agency.finished
        try:
            with socket.create_connection((host, port), timeout=10) as connection:
                return agency.upload(Session(connection))
        except (Lost, OSError) as lost:
            print('agency %d: %s' % (number, lost), file=sys.stderr)
        attempt = attempt + 1 if (agency.acked, agency.finished) == progress else 1
        time.sleep(random.uniform(0, min(5, 0.1 * 2 ** min(attempt, 10))))
    raise Stop('gave up after %d attempts' % attempt)


if __name__ == '__main__':
    try:
        for winner in run(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]):
            print(winner)
    except Stop as stop:
        sys.exit('agency %s: %s' % (sys.argv[3], stop))
