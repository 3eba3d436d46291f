namespace MonaLisa.Engine.Tests;

/// <summary>What fewer bits a weight save, and what they cost.</summary>
public class ModelPrecisionTests
{
    [Theory]
    [InlineData(Activation.Sine)]
    [InlineData(Activation.ReLU)]
    public void A_trained_network_loses_little(Activation activation)
    {
        TrainingRun run = SampleNetworks.Train(activation, epochs: 15);
        Assert.True(run.Psnr > 10, $"The training reached only {run.Psnr:F2} dB.");

        Assert.InRange(Lost(run, ModelPrecision.Half), -0.1, 0.1);
        Assert.InRange(Lost(run, ModelPrecision.Int8), -1, 1);
    }

    [Fact]
    public void The_reported_loss_is_that_of_the_loaded_network()
    {
        TrainingRun run = SampleNetworks.Train();
        using var folder = new TemporaryFolder();
        ModelFile.Save(run, folder.File("model"), new() { Precision = ModelPrecision.Int8 }, TestContext.Current.CancellationToken);

        ModelDocument loaded = ModelFile.Load(folder.File("model"), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(Psnr(run.Network, run.Dataset) - Psnr(loaded.Network, run.Dataset), loaded.Training!.PsnrLost!.Value, 1e-3);
        Assert.Equal(run.Psnr, loaded.Training.Psnr!.Value, 1e-9);
    }

    [Fact]
    public void Fewer_bits_take_less_room()
    {
        Mlp network = SampleNetworks.Small(128, 128, 128);
        int single = SampleNetworks.File(network).Length;

        Assert.InRange(SampleNetworks.File(network, ModelPrecision.Half).Length, 1, single * 0.54);
        Assert.InRange(SampleNetworks.File(network, ModelPrecision.Int8).Length, 1, single * 0.30);
    }

    [Fact]
    public void The_tables_of_a_grid_have_16_bits_with_Int8_too()
    {
        var network = new Mlp(new MlpDesign { HiddenLayers = [6] }.With(GridEncoding.For(60, 40)));
        int single = SampleNetworks.File(network).Length, half = SampleNetworks.File(network, ModelPrecision.Half).Length;

        Assert.InRange(half, 1, single * 0.6);
        Assert.InRange(SampleNetworks.File(network, ModelPrecision.Int8).Length, half * 0.95, half * 1.05);
    }

    [Fact]
    public void Half_weights_are_the_nearest_16_bit_numbers()
    {
        Mlp network = SampleNetworks.Small();
        Mlp stored = Stored(network, ModelPrecision.Half);

        Assert.Equal(network.Layers[1].Weights.Select(weight => (float)(Half)weight), stored.Layers[1].Weights);
        Assert.Equal(network.Layers[1].Biases, stored.Layers[1].Biases);
    }

    [Fact]
    public void Int8_weights_are_within_half_a_step_of_their_row()
    {
        Mlp network = SampleNetworks.Small(30, 20);
        DenseLayer layer = network.Layers[1], stored = Stored(network, ModelPrecision.Int8).Layers[1];

        for (int row = 0; row < layer.OutputCount; row++)
        {
            float[] weights = layer.Weights[(row * 30)..(row * 30 + 30)];
            float step = weights.Max(Math.Abs) / 127;
            for (int i = 0; i < 30; i++)
                Assert.InRange(stored.Weights[row * 30 + i] - weights[i], -0.5001f * step, 0.5001f * step);
        }
    }

    [Fact]
    public void A_row_of_zeros_or_of_the_smallest_numbers_is_stored_as_zeros()
    {
        Mlp network = SampleNetworks.Small();
        network.Layers[1].Weights.AsSpan(0, 5).Clear();
        network.Layers[1].Weights.AsSpan(5, 5).Fill(float.Epsilon);

        Assert.All(Stored(network, ModelPrecision.Int8).Layers[1].Weights[..10], weight => Assert.Equal(0, weight));
    }

    [Fact]
    public void Enormous_weights_survive_8_bits()
    {
        Mlp network = SampleNetworks.Small();
        network.Layers[1].Weights[0] = 1e38f;

        Assert.Equal(1e38f, Stored(network, ModelPrecision.Int8).Layers[1].Weights[0], 1e32f);
    }

    private static double Lost(TrainingRun run, ModelPrecision precision)
    {
        using var folder = new TemporaryFolder();
        return ModelFile.Save(run, folder.File("model"), new() { Precision = precision }, TestContext.Current.CancellationToken)
            .Training!.PsnrLost!.Value;
    }

    private static Mlp Stored(Mlp network, ModelPrecision precision)
    {
        using var folder = new TemporaryFolder();
        ModelFile.Save(network, folder.File("model"), new() { Precision = precision }, TestContext.Current.CancellationToken);
        return ModelFile.Load(folder.File("model")).Network;
    }

    private static double Psnr(Mlp network, PixelDataset dataset)
    {
        using var renderer = new ImageRenderer(network, ComputeProvider.Managed, threadCount: 1);
        return QualityMeter.Measure(dataset.Width, dataset.Height,
            (firstRow, rowCount, colors) => renderer.Render(dataset.Width, dataset.Height, firstRow, rowCount, colors),
            dataset.CopyRows, TestContext.Current.CancellationToken).Psnr;
    }
}
