using System.CommandLine;

namespace Simile.Cli;

/// <summary>simile completions SHELL: prints a completion script.</summary>
internal static class CompletionsVerb
{
    private static readonly string[] Shells = ["bash", "zsh", "fish", "pwsh"];

    public static Command Create(Job job)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh, fish or pwsh." };
        shell.CompletionSources.Add(Shells);
        var verb = new Verb(
            "completions",
            "Prints a shell script that completes simile's verbs and options.",
            "source <(simile completions bash)",
            "simile completions fish > ~/.config/fish/completions/simile.fish",
            "simile completions pwsh | Out-String | Invoke-Expression")
        { shell };
        verb.Check(result => Shells.Contains(result.GetValue(shell))
            ? null
            : $"Completions exist for {string.Join(", ", Shells)}, not for '{result.GetValue(shell)}'.");
        verb.SetAction(parsed =>
        {
            job.Terminal.WriteText(Script(parsed.GetValue(shell)!));
            return ExitCode.Done;
        });
        return verb;
    }

    private static string Script(string shell) => shell switch
    {
        "bash" => Bash,
        "zsh" => Zsh,
        "fish" => Fish,
        _ => PowerShell,
    };

    private const string Bash =
        """
        _simile() {
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _simile simile
        """;

    private const string Zsh =
        """
        #compdef simile
        _simile() {
            local -a found
            found=("${(@f)$("${words[1]}" "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
            compadd -- ${found:#}
            _files
        }
        compdef _simile simile
        """;

    private const string Fish =
        """
        complete -c simile -a '(begin; set -l line (commandline -cp); simile "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null; end)'
        """;

    private const string PowerShell =
        """
        Register-ArgumentCompleter -Native -CommandName simile -ScriptBlock {
            param($word, $line, $position)
            simile "[suggest:$position]" "$line" 2>$null | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
            }
        }
        """;
}
