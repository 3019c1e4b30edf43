"""Reads what stands on the standard input as the course's server does, with configparser, int() and date.fromisoformat:
a line is a kind, a text and variables NAME=text, by tabs, texts in base64. Answers a line each: "refused", or "read" and
the values as NAME=text."""

import base64
import configparser
import datetime
import io
import sys


def settings(file, variables):
    config = configparser.ConfigParser()
    config.read_file(io.TextIOWrapper(io.BytesIO(file), encoding="utf-8"))

    def said(name, fallback):
        return variables.get(name, config["DEFAULT"].get(name, fallback))

    return {
        "server_port": int(said("SERVER_PORT", "12345")),
        "server_ip": said("SERVER_IP", "server"),
        "server_listen_backlog": int(said("SERVER_LISTEN_BACKLOG", "1024")),
        "logging_level": said("LOGGING_LEVEL", "INFO"),
    }


def number(text, variables):
    return {"number": int(text.decode())}


def date(text, variables):
    return {"date": datetime.date.fromisoformat(text.decode()).isoformat()}


def encoded(value):
    return base64.b64encode(str(value).encode()).decode()


for line in sys.stdin:
    kind, text, *pairs = line.rstrip("\n").split("\t")
    variables = {name: base64.b64decode(value).decode() for name, value in (pair.split("=", 1) for pair in pairs)}
    try:
        read = {"settings": settings, "number": number, "date": date}[kind](base64.b64decode(text), variables)
        print("read", *(f"{name}={encoded(value)}" for name, value in read.items()), sep="\t")
    except (ValueError, configparser.Error):
        print("refused")
