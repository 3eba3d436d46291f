using System.Diagnostics;
using System.Text.RegularExpressions;

namespace MonaLisa.Cmdlets.Tests.Shell;

/// <summary>What a person sees: the shell on a pseudo-terminal, made by the <c>script</c> program of util-linux.</summary>
public class TerminalTests
{
    private const string Script = "/usr/bin/script";

    [Fact]
    public void Progress_appears_nested_and_is_taken_away()
    {
        string screen = RunOnTerminal("""
            Write-Progress -Id 1 -Activity Pictures -Status 'first of two' -PercentComplete 50 -SecondsRemaining 75
            Write-Progress -Id 2 -ParentId 1 -Activity Training -Status 'PSNR 30 dB' -PercentComplete 25
            'a line of output'
            Write-Progress -Id 2 -Activity Training -Completed
            Write-Progress -Id 1 -Activity Pictures -Completed
            'the end'
            """);
        string text = Regex.Replace(screen, @"\e\[[\d;]*m", "");
        Assert.Contains("Pictures ━", text);
        Assert.Contains(" 50 %  1:15 left", text);
        Assert.Contains("\n  Training ━", text);
        Assert.Contains("\n    PSNR 30 dB", text);
        Assert.Contains("\e[4A\r\e[J", screen);
        string afterwards = screen[screen.LastIndexOf("\e[J", StringComparison.Ordinal)..];
        Assert.Contains("the end", afterwards);
        Assert.DoesNotContain("Pictures", afterwards);
    }

    [Fact]
    public void Warnings_are_coloured() => Assert.Contains("\e[33;1mWARNING: careful", RunOnTerminal("Write-Warning careful"));

    [Fact]
    public void No_color_is_obeyed()
    {
        string screen = RunOnTerminal("Write-Warning careful; Write-Host x -ForegroundColor Red", ("NO_COLOR", "1"));
        Assert.Contains("WARNING: careful", screen);
        Assert.DoesNotMatch(@"\e\[[\d;]+m", screen);
    }

    [Fact]
    public void A_terminal_that_knows_no_escape_sequences_gets_none()
    {
        string screen = RunOnTerminal("Write-Warning careful; Write-Progress Training step; 'end'", ("TERM", "dumb"));
        Assert.Contains("WARNING: careful", screen);
        Assert.DoesNotContain('\e', screen);
        Assert.DoesNotContain("Training", screen);
    }

    private static string RunOnTerminal(string command, params (string Name, string Value)[] environment)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists(Script), "Needs the script program of util-linux.");
        using var folder = new TemporaryFolder();
        string file = folder.Write("terminal.ps1", command);
        var start = new ProcessStartInfo(Script)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = folder.Path,
        };
        foreach (string argument in new[] { "-qec", $"dotnet exec '{ShellProcess.Assembly}' '{file}'", "/dev/null" })
            start.ArgumentList.Add(argument);
        start.Environment["MONALISA_MODULE"] = TestModule.Folder;
        start.Environment["TERM"] = "xterm-256color";
        start.Environment.Remove("NO_COLOR");
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        string screen = process.StandardOutput.ReadToEnd();
        ShellProcess.WaitFor(process);
        Assert.Equal(0, process.ExitCode);
        return screen;
    }
}
