using System.Management.Automation;
using System.Reflection;

namespace MonaLisa.Shell;

/// <summary>What -Help and -Version print.</summary>
internal static class HelpText
{
    public const string Usage = """
        Usage: monalisa [-File] <script.ps1> [arguments]
               monalisa -Command <text>
               monalisa -Command -          the script comes from standard input
               monalisa                     a prompt
        """;

    public const string Help = Usage + "\n\n" + """
        The PowerShell engine with the module MonaLisa.PS loaded, for machines without pwsh.

          -File <script> [arguments]    Runs a script. Arguments are given as in pwsh: -Epoch 3 -Force -Name:value
          -Command <text>               Runs the rest of the command line as a command; - reads it from standard input.
          -NoExit                       Shows a prompt after the script or the command.
          -NoLogo                       Starts the prompt without its first line.
          -NonInteractive               Questions such as those of -Confirm fail instead of waiting for an answer.
          -WorkingDirectory <folder>    Starts in that folder.
          -Version                      Prints the versions of the shell and of its PowerShell engine.
          -Help, -?                     Prints this text.

        Exit code: that of `exit`; 1 after an error that ended the script, or when a command failed; 64 when this command line
        cannot be followed; 130 after Ctrl+C; 143 after SIGTERM.

        The engine alone has no Get-Process, ConvertTo-Json and the like; `Get-Command -Module MonaLisa.Shell` lists the small
        stand-ins that this shell brings. Everything of the module runs in a full pwsh 7.6 as well.

        Environment: MONALISA_MODULE names another folder (or manifest) to load the module from. NO_COLOR turns colours off.
        """;

    public static string Version { get; } = $"monalisa {VersionOf(typeof(HelpText))} (PowerShell {VersionOf(typeof(PSObject))})";

    private static string VersionOf(Type type)
    {
        string version = type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
        return version.Split('+', ' ')[0];
    }
}
