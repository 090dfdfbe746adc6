"""The logic behind ./setup/run, ./setup/test, ./setup/bench, ./setup/lint and
./setup/shell. Python 3.11 and its standard library only: these modules run
before anything is installed."""
