using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MonaLisa.Cmdlets.Tests.Shell;

public partial class InterruptionTests
{
    private const int Interrupt = 2;
    private const int Terminate = 15;

    [Theory]
    [InlineData(Interrupt, 130)]
    [InlineData(Terminate, 143)]
    public void A_signal_stops_the_pipeline_runs_its_clean_up_and_sets_the_exit_code(int signal, int expected)
    {
        SkipWhereItCannotBeSent(signal);
        using Process process = ShellProcess.Start(
            ["-Command", "try { 'running'; Start-Sleep 600 } finally { Write-Host 'cleaned up' }; 'not reached'"]);
        Assert.Equal("running", process.StandardOutput.ReadLine());
        Assert.Equal(0, Kill(process.Id, signal));
        string rest = process.StandardOutput.ReadToEnd();
        ShellProcess.WaitFor(process);
        Assert.Equal("cleaned up\n", rest);
        Assert.Equal(expected, process.ExitCode);
    }

    [Fact]
    public void A_question_does_not_keep_the_shell_alive()
    {
        SkipWhereItCannotBeSent(Interrupt);
        using Process process = ShellProcess.Start(["-Command", "Set-Small wall -Confirm"]);
        while (process.StandardOutput.ReadLine() is { } line && !line.StartsWith("Performing", StringComparison.Ordinal))
        {
        }

        // The question itself ends without a new line; its first character shows that the answer is being waited for.
        Assert.Equal('[', (char)process.StandardOutput.Read());
        Signal(process, Interrupt);
        ShellProcess.WaitFor(process);
        Assert.Equal(130, process.ExitCode);
    }

    // Between the question's text and the read that waits for its answer lies a moment in which a signal stops the pipeline
    // only; the second one, like a person's, then ends the process.
    private static void Signal(Process process, int signal)
    {
        while (!process.HasExited && Kill(process.Id, signal) == 0)
            process.WaitForExit(TimeSpan.FromSeconds(1));
    }

    private static void SkipWhereItCannotBeSent(int signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such signal to send.");
        // A shell started in the background of a script inherits that Ctrl+C is ignored, and so do all its children.
        const string Status = "/proc/self/status";
        string? ignored = File.Exists(Status)
            ? File.ReadLines(Status).FirstOrDefault(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))
            : null;
        bool isIgnored = ignored is not null && (Convert.ToUInt64(ignored.Split('\t')[1], 16) & (1UL << (signal - 1))) != 0;
        Assert.SkipWhen(isIgnored, "The signal is ignored by the process that runs the tests, and so by every process it starts.");
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
