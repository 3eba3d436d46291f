using System.Management.Automation;
using System.Reflection;
using MonaLisa.Cmdlets.Tests.Shell;
using MonaLisa.Engine;
using MonaLisa.PowerShell;

namespace MonaLisa.Cmdlets.Tests;

/// <summary>The largest and smallest values of parameters: they work, or the error names the parameter and its range.</summary>
public sealed class ParameterEdgeTests : Workspace
{
    private const string Training = "New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 2 -Epoch 1 -Force";

    /// <summary>Each parameter that is a time, in a command.</summary>
    private static readonly Dictionary<string, string> Times = new()
    {
        ["Invoke-MlpTraining -MaxTime"] = $"{Training} -MaxTime",
        ["Invoke-MlpTraining -CheckpointEvery"] = $"{Training} -CheckpointPath a.checkpoint -CheckpointEvery",
        ["Invoke-MlpTraining -SnapshotEvery"] = $"{Training} -SnapshotPath b.snapshots -SnapshotEvery",
        ["New-MlpStart -MaxTime"] = "New-PixelDataset a.png | New-MlpStart -Epoch 1 -MaxTime",
        ["Export-TrainingAnimation -Duration"] = "Export-TrainingAnimation a.webp a.snapshots -Force -Duration",
        ["Export-TrainingAnimation -Hold"] = "Export-TrainingAnimation a.webp a.snapshots -Force -Hold",
    };

    public ParameterEdgeTests() => Picture("a.png", 6, 5);

    [Fact]
    public void Times_are_taken_or_refused_by_their_parameters()
    {
        string[] all =
        [
            .. from type in typeof(InvokeMlpTrainingCommand).Assembly.GetExportedTypes()
               let name = type.GetCustomAttribute<CmdletAttribute>()
               where name is not null
               from property in type.GetProperties()
               where property.IsDefined(typeof(ParameterAttribute))
               where property.PropertyType == typeof(Duration) || property.PropertyType == typeof(SnapshotInterval)
               select $"{name.VerbName}-{name.NounName} -{property.Name}",
        ];
        Assert.Equal(Times.Keys.Order(), all.Order());
        Run($"{Training} -SnapshotPath a.snapshots -SnapshotEvery 1").AssertNoErrors();
        foreach ((string parameter, string command) in Times)
            foreach (string time in (string[])["[timespan]::MaxValue", "[timespan]::MinValue", "0", "[timespan]1", "[timespan]::FromDays(400)"])
                foreach (ErrorRecord error in Run($"{command} ({time})").Errors)
                    Assert.True(
                        error.FullyQualifiedErrorId.Split(',')[0] is ErrorIds.InvalidOption or "ParameterArgumentTransformationError"
                            or "CannotConvertArgument" or "CannotConvertArgumentNoMessage" &&
                        !error.Exception.Message.Contains("TimeSpan overflowed"),
                        $"{parameter} {time}: {error.FullyQualifiedErrorId}: {error.Exception.Message}");
        // The longest time is no time that is ever over.
        Run($"{Training} -CheckpointPath a.checkpoint -CheckpointEvery ([timespan]::MaxValue) -SnapshotPath b.snapshots " +
            "-SnapshotEvery ([timespan]::MaxValue) -MaxTime ([timespan]::MaxValue)").Single<TrainingRun>();
    }

    [Theory]
    [InlineData("New-MlpNetwork 65536, 65536")]
    [InlineData("New-MlpNetwork 256x65536")]
    [InlineData("New-MlpNetwork -Encoding Grid -GridLevel 32 -GridFeature 8 -GridEntry 67108864 -GridCoarsest 65536 -GridFinest 65536")]
    [InlineData("New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 65536, 65536 -Epoch 1")]
    public void A_network_that_is_larger_than_any_says_how_large_it_would_be(string command)
    {
        ErrorRecord error = Assert.Single(Run(command).Errors);
        Assert.StartsWith(ErrorIds.InvalidOption, error.FullyQualifiedErrorId);
        Assert.Matches(
            @"^The network would have [\d,]{13,} weights and biases, which take [\d.]+ GiB; the most is 268,435,456, 1 GiB. Use fewer",
            error.Exception.Message);
    }

    [Theory]
    [InlineData("New-MlpNetwork -Depth 1 -ParameterBudget 2147483647")]
    [InlineData("New-MlpNetwork -Depth 3 -ParameterBudget 2147483647")]
    public void A_budget_that_no_network_can_use_is_an_error(string command) =>
        Assert.Contains("is too large", Assert.Single(Run(command).Errors).Exception.Message);

    [Fact]
    public void A_process_with_less_memory_and_fewer_processors_keeps_to_them()
    {
        // What the runtime makes of a container's limits.
        ShellResult result = ShellProcess.Run(
            ["-Command", """
                try { New-MlpNetwork 14000, 14000 } catch { $_.FullyQualifiedErrorId, $_.Exception.Message }
                (New-PixelDataset $env:SAMPLE -MaxSize 16 | Invoke-MlpTraining -HiddenLayer 4 -Epoch 1).ThreadCount
                """],
            environment:
            [
                ("DOTNET_GCHeapHardLimit", "0x10000000"), ("DOTNET_PROCESSOR_COUNT", "1"),
                ("SAMPLE", Path.Combine(DocumentationTests.Root, "module", "samples", "mona-lisa.png")),
            ]);
        Assert.Equal(
            "NetworkTooLarge,MonaLisa.PowerShell.NewMlpNetworkCommand\n" +
            "There is not enough memory for this network: this process may use 0.25 GiB. Use fewer or narrower hidden layers.\n1\n",
            result.Output);
    }
}
