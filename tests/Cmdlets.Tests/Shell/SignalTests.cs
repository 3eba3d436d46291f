using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MonaLisa.Cmdlets.Tests.Shell;

/// <summary>What a signal does to the shell while it trains.</summary>
public partial class SignalTests
{
    private const int HangUp = 1;
    private const int Interrupt = 2;
    private const int Terminate = 15;

    private const string Training = """
        try {
            New-PixelDataset $env:SAMPLE | Invoke-MlpTraining -Epoch 1000000 -CheckpointPath ./run.checkpoint -CheckpointEvery 1000000s
        }
        finally {
            Write-Host 'cleaned up'
        }
        'not reached'
        """;

    [Theory]
    [InlineData(HangUp, 129)]
    [InlineData(Interrupt, 130)]
    [InlineData(Terminate, 143)]
    public void Training_is_stopped_in_order_and_keeps_its_checkpoint(int signal, int expected)
    {
        SkipWhereItCannotBeSent(signal);
        using var folder = new TemporaryFolder();
        using Process process = ShellProcess.Start(
            ["-File", folder.Write("train.ps1", Training)], folder.Path,
            ("SAMPLE", Path.Combine(DocumentationTests.Root, "module", "samples", "mona-lisa.png")));
        process.StandardInput.Close();
        // Its lock is there from its beginning.
        while (!process.HasExited && Directory.GetFiles(folder.Path, "run.checkpoint*").Length == 0)
            Thread.Yield();
        Assert.Equal(0, Kill(process.Id, signal));
        string rest = process.StandardOutput.ReadToEnd();
        ShellProcess.WaitFor(process);
        Assert.EndsWith("cleaned up\n", rest.ReplaceLineEndings("\n"));
        Assert.Equal(expected, process.ExitCode);
        Assert.Equal(["run.checkpoint", "train.ps1"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_terminated_run_keeps_what_it_learned_and_goes_on_from_there()
    {
        SkipWhereItCannotBeSent(Terminate);
        using var folder = new TemporaryFolder();
        // After the first checkpoint none is due before the last.
        const string Run = "New-PixelDataset $env:SAMPLE -MaxSize 16 | Invoke-MlpTraining -HiddenLayer 4 -Schedule Constant";
        using Process process = ShellProcess.Start(
            ["-Command", $"{Run} -Epoch 2147483647 -CheckpointPath ./run.checkpoint -CheckpointEvery 1000000s -Verbose"], folder.Path,
            ("SAMPLE", Path.Combine(DocumentationTests.Root, "module", "samples", "mona-lisa.png")));
        process.StandardInput.Close();
        string? line;
        do
            line = process.StandardOutput.ReadLine();
        while (line is not null && !line.Contains("Epoch 1:"));
        Assert.NotNull(line);
        Assert.Equal(0, Kill(process.Id, Terminate));
        process.StandardOutput.ReadToEnd();
        ShellProcess.WaitFor(process);
        Assert.Equal(143, process.ExitCode);
        Assert.Equal(["run.checkpoint"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName));
        var kept = MonaLisa.Engine.TrainingCheckpoint.Load(Path.Combine(folder.Path, "run.checkpoint"));
        Assert.True(kept.Steps > 0);
        // Its picture is one step an epoch.
        ShellResult next = ShellProcess.Run(
            ["-Command", $"({Run} -Epoch {kept.Steps + 2} -CheckpointPath ./run.checkpoint -Continue -Verbose).Steps"], folder.Path,
            ("SAMPLE", Path.Combine(DocumentationTests.Root, "module", "samples", "mona-lisa.png")));
        Assert.Contains($"{kept.Steps} steps", next.Output.Split('\n').First(text => text.Contains("Continues from")));
        Assert.EndsWith($"\n{kept.Steps + 2}\n", next.Output);
    }

    [Theory]
    [InlineData(HangUp)]
    [InlineData(Terminate)]
    public void At_rest_the_process_ends_as_any_other(int signal)
    {
        SkipWhereItCannotBeSent(signal);
        using Process process = ShellProcess.Start(["-Command", "$null = New-MlpNetwork -HiddenLayer 8; 'at rest'; Start-Sleep 600"]);
        Assert.Equal("at rest", process.StandardOutput.ReadLine());
        Assert.Equal(0, Kill(process.Id, signal));
        ShellProcess.WaitFor(process);
        Assert.Equal(128 + signal, process.ExitCode);
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
