using System.Management.Automation;
using System.Reflection;
using MonaLisa.Engine;
using MonaLisa.PowerShell;

namespace MonaLisa.Cmdlets.Tests;

/// <summary>What the commands give can be read and not changed: a run and its network say what was.</summary>
public sealed class ReadOnlyTests(WholeRun shared) : Workspace, IClassFixture<WholeRun>
{
    [Theory]
    [InlineData("$run.Psnr = 99")]
    [InlineData("$run.psobject.Properties['Psnr'].Value = 99")]
    [InlineData("$run.Network = $null")]
    [InlineData("$run.SnapshotPath = 'elsewhere'")]
    [InlineData("$run.History[0].Loss = 0")]
    [InlineData("$run.History[0] = $null")]
    [InlineData("$run.History.Clear()")]
    [InlineData("$run.Options.LearningRate = 1")]
    [InlineData("$run.Dataset.Name = 'b'")]
    [InlineData("$run.Network.Design.Omega = 5")]
    [InlineData("$run.Network.Design.HiddenLayers[0] = 5")]
    [InlineData("$run.Network.HiddenLayers[0] = 5")]
    [InlineData("$run.Network.Layers[0] = $run.Network.Layers[1]")]
    [InlineData("$run.Network.Layers[0].Weights = [float[]]::new(16)")]
    [InlineData("$run.Network.Layers[0].Weights[0] = 5")]
    [InlineData("$run.Network.Layers[0].Biases[0] = 5")]
    [InlineData("(New-MlpNetwork -Encoding Grid).EncodingTensors[0].Values[0] = 5")]
    [InlineData("(New-MlpNetwork -Encoding Grid).Design.Encoding.FeaturesPerLevel = 4")]
    [InlineData("$network.Training.Psnr = 99")]
    [InlineData("($run | Measure-GeneratedImage)[0].Psnr = 99")]
    [InlineData("(Get-MlpProvider)[0].IsDefault = $false")]
    public void An_assignment_fails(string assignment)
    {
        TrainingRun run = shared.Value;
        (double, float, float, int) before = Figures();

        SessionResult result = Run($"$run | Export-MlpModel a.safetensors; $network = Import-MlpModel a.safetensors; {assignment}", ("run", run));

        Assert.Single(result.Errors);
        Assert.Equal(before, Figures());

        (double, float, float, int) Figures() =>
            (run.Psnr, run.Network.Layers[0].Weights[0], run.Network.Design.Omega, run.History.Count);
    }

    [Fact]
    public void A_layer_s_numbers_can_be_read() => Assert.Equal(
        [.. shared.Value.Network.Layers[0].Weights.Concat(shared.Value.Network.Layers[0].Biases)],
        Run("$run.Network.Layers[0].Weights; $run.Network.Layers[0].Biases", ("run", shared.Value)).All<float>());

    [Fact]
    public void Nothing_that_can_be_reached_from_a_result_has_a_setter_or_an_array()
    {
        var seen = new HashSet<Type>();
        IEnumerable<Type> results = typeof(NewPixelDatasetCommand).Assembly.GetExportedTypes()
            .SelectMany(type => type.GetCustomAttributes<OutputTypeAttribute>()).SelectMany(output => output.Type).Select(name => name.Type);
        var pending = new Queue<Type>(results);
        while (pending.TryDequeue(out Type? type))
        {
            foreach (Type argument in type.GenericTypeArguments)
                pending.Enqueue(argument);
            bool isOurs = type.Assembly == typeof(Mlp).Assembly || type.Assembly == typeof(NewPixelDatasetCommand).Assembly;
            // A job is PowerShell's, and values are copies.
            if (!isOurs || type.IsValueType || type == typeof(TrainingJob) || !seen.Add(type))
                continue;
            foreach (PropertyInfo property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            {
                Assert.True(property.SetMethod?.IsPublic != true, $"{type.Name}.{property.Name} can be set.");
                Assert.False(property.PropertyType.IsArray, $"{type.Name}.{property.Name} is an array.");
                pending.Enqueue(property.PropertyType);
            }
        }
        Assert.Superset(
            new HashSet<Type> { typeof(TrainingRun), typeof(Mlp), typeof(MlpDesign), typeof(EpochRecord), typeof(DenseLayer), typeof(TrainingFacts) },
            seen);
    }
}
