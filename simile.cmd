@echo off
rem Runs the tool in Release. Builds it first when a source differs from those of the last build: the tool and what it is made of, nothing else.
setlocal
set "root=%~dp0"
set "home=%root%artifacts\tool"
set "tool=%home%\bin\Simile.Cli\release\Simile.Cli.dll"
set "seen=%home%\sources"
if not exist "%tool%" goto build
rem robocopy /L only lists; exit code 0 means that the copy and the sources have the same names, sizes and times.
robocopy "%root%src" "%seen%" /MIR /L /NJH /NJS /NFL /NDL >nul 2>nul
if not errorlevel 1 goto run
:build
echo simile: building; 380 MB of packages are downloaded once for this machine ... 1>&2
dotnet build "%root%src\Simile.Cli" -c Release --nologo -v minimal -tl:off "-p:ArtifactsPath=%home%" -p:SimileQuick=true 1>&2
if errorlevel 1 (
    echo simile: the build failed; the messages above say why. 1>&2
    exit /b 1
)
robocopy "%root%src" "%seen%" /MIR /NJH /NJS /NFL /NDL >nul 2>nul
:run
dotnet "%tool%" %*
exit /b %errorlevel%
