@echo off
rem All tests: test      The golden cases alone: test golden [PART]
cd /d "%~dp0"
dotnet run eng/Test.cs -- %*
