using System.Diagnostics;
using System.Runtime.InteropServices;
using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Tests;

/// <summary>What an older processor would do: the tests marked so run again in processes to which .NET denies instructions.</summary>
[Trait("Runs", "AtEveryWidth")]
public class InstructionSetTests
{
    /// <summary>Set in the other processes only: the widest vectors they must find.</summary>
    private const string ExpectedVariable = "MONALISA_EXPECTED_INSTRUCTION_SET";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    [Fact]
    public void The_widest_supported_vectors_are_taken() => Assert.Equal(InstructionSetSupport.Supported.Max(), InstructionSets.Best);

    [Fact]
    public void A_process_that_is_denied_instructions_takes_what_is_left()
    {
        string? expected = Environment.GetEnvironmentVariable(ExpectedVariable);
        Assert.SkipWhen(expected is null, "Nothing is denied to this process.");
        Assert.Equal(expected, InstructionSets.Best.ToString());
    }

    [Theory]
    [InlineData("DOTNET_EnableAVX512", InstructionSet.Vector512, InstructionSet.Vector256)]
    [InlineData("DOTNET_EnableAVX2", InstructionSet.Vector256, InstructionSet.Vector128)]
    [InlineData("DOTNET_EnableHWIntrinsic", InstructionSet.Vector128, InstructionSet.Scalar)]
    internal async Task Everything_marked_so_passes_without(string denied, InstructionSet without, InstructionSet expected)
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable(ExpectedVariable) is not null, "This process is itself such a run.");
        Assert.SkipUnless(RuntimeInformation.ProcessArchitecture == Architecture.X64, "The names of these settings are those of x64.");
        InstructionSetSupport.Require(without.ToString());
        ProcessStartInfo start = ThisProgram("-trait", "Runs=AtEveryWidth", "-noColor", "-noLogo");
        start.Environment[denied] = "0";
        start.Environment[ExpectedVariable] = expected.ToString();

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(patience.Token), errors = process.StandardError.ReadToEndAsync(patience.Token);
        try
        {
            await process.WaitForExitAsync(patience.Token);
            Assert.True(process.ExitCode == 0, $"Exit code {process.ExitCode}:{Environment.NewLine}{await output}{await errors}");
            Assert.Matches(@"Total: [1-9]\d+, Errors: 0, Failed: 0", await output);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private static ProcessStartInfo ThisProgram(params string[] arguments)
    {
        string program = Environment.ProcessPath!;
        bool isHost = Path.GetFileNameWithoutExtension(program) == "dotnet";
        string[] first = isHost ? ["exec", typeof(InstructionSetTests).Assembly.Location] : [];
        return new ProcessStartInfo(program, [.. first, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
    }
}
