#!/bin/sh
# Under this name Testcontainers' LocalStackContainer starts what an image serves.
exec waystation "$@"
