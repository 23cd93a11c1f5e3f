"""The version of Huashu."""

VERSION = "0.1.0"
