using MonaLisa.Engine.Pictures;
using MonaLisa.Engine.Storage;

namespace MonaLisa.Engine.Tests;

/// <summary>Compressed files of networks that started with a model of the user's, which their readers need too.</summary>
public sealed class LatentStartFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stopping => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory, InlineData(3), InlineData(1), InlineData(4)]
    public void A_network_comes_back_with_the_start_beside_it(int channels)
    {
        LatentStart start = SaveStart("kind.mlpz", seed: 5);
        Mlp network = LatentSamples.Network(33, 21, channels, start: start);
        string path = Save(network, "picture.mlpz");
        Mlp loaded = ModelFile.Load(path, cancellationToken: Stopping).Network;
        Assert.Equal(NetworkTensor.ValuesOf(network), NetworkTensor.ValuesOf(loaded));
        Assert.Equal(network.Design, loaded.Design);
        Assert.Equal("kind.mlpz", ((LatentEncoding)loaded.Design.Encoding).StartName);
    }

    [Fact]
    public void What_is_near_a_start_is_smaller_with_it()
    {
        LatentStart start = SaveStart("kind.mlpz", seed: 5);
        Mlp near = LatentNetwork.Compose(
            LatentSamples.Network(9, 9, 3, start: start).Design, LatentNetwork.PlanesOf(LatentSamples.Network(9, 9, 3)),
            LatentNetwork.ColorsOf(LatentSamples.Network(9, 9, 3)), 0.0625f, EntropyOf(start), start.Layers(LatentSamples.Network(9, 9, 3).Design));
        int with = LatentFile.Compose(near, training: null, Stopping).Length;
        var alone = (LatentEncoding)near.Design.Encoding with { OwnStart = null };
        int without = LatentFile.Compose(near.WithEncoding(alone, near.EncodingTensors), training: null, Stopping).Length;
        Assert.InRange(with, 100, without - 100);
    }

    [Fact]
    public void Without_the_start_the_error_names_it_and_the_remedy()
    {
        string path = Save(LatentSamples.Network(8, 8, 3, start: LatentSamples.Start), "picture.mlpz");
        ModelFileException error = Missing(path);
        Assert.Contains("'kind.mlpz', which is not in its folder", error.Message);
        Assert.Contains("Import-MlpModel -Start", error.Message);
        byte[] bytes = File.ReadAllBytes(path);
        Assert.Contains("'kind.mlpz', which is not known", Assert.Throws<ModelFileException>(() => ModelFile.FromBytes(bytes)).Message);
    }

    [Fact]
    public void The_start_may_be_given()
    {
        Mlp network = LatentSamples.Network(8, 8, 3, start: LatentSamples.Start);
        string path = Save(network, "picture.mlpz");
        Mlp loaded = ModelFile.Load(path, LatentSamples.Network(1, 1, 3, seed: 5), cancellationToken: Stopping).Network;
        Assert.Equal(NetworkTensor.ValuesOf(network), NetworkTensor.ValuesOf(loaded));
        Assert.Contains("another 'kind.mlpz' than the one of -Start", Assert.Throws<ModelFileException>(
            () => ModelFile.Load(path, LatentSamples.Network(1, 1, 3, seed: 6), cancellationToken: Stopping)).Message);
        Assert.Contains("a start has Latent", Assert.Throws<ArgumentException>(() => ModelFile.Load(path, SampleNetworks.Small(), cancellationToken: Stopping)).Message);
    }

    [Fact]
    public void Another_file_of_the_name_is_refused()
    {
        string path = Save(LatentSamples.Network(8, 8, 3, start: LatentSamples.Start), "picture.mlpz");
        SaveStart("kind.mlpz", seed: 6);
        Assert.Contains("another 'kind.mlpz' than the one in its folder", Missing(path).Message);
        // What is there may be no network of latents at all.
        ModelFile.Save(SampleNetworks.Small(), _folder.File("kind.mlpz"), new ModelSaveOptions { Overwrite = true }, Stopping);
        Assert.Contains("another 'kind.mlpz' than the one in its folder", Missing(path).Message);
        File.WriteAllBytes(_folder.File("kind.mlpz"), [1, 2, 3]);
        Assert.Contains("kind.mlpz' cannot be loaded", Assert.Throws<ModelFileException>(() => ModelFile.Load(path, cancellationToken: Stopping)).Message);
    }

    [Fact]
    public void A_start_that_needs_a_start_is_refused()
    {
        LatentStart first = SaveStart("first.mlpz", seed: 5);
        Mlp second = LatentSamples.Network(1, 1, 3, seed: 6, start: first);
        string path = Save(second, "second.mlpz");
        Assert.Contains("has a start itself, 'first.mlpz'", Assert.Throws<ArgumentException>(() => LatentStartFiles.Require(second, path)).Message);
        string third = Save(LatentSamples.Network(8, 8, 3, start: LatentStart.Of(second, "second.mlpz")), "third.mlpz");
        Assert.Contains("another 'second.mlpz' than the one in its folder", Missing(third).Message);
        // Even one that names itself ends.
        string own = Save(LatentSamples.Network(8, 8, 3, start: LatentStart.Of(second, "own.mlpz")), "own.mlpz");
        Assert.Contains("another 'own.mlpz' than the one in its folder", Missing(own).Message);
    }

    [Theory]
    [InlineData("kind.txt")]
    [InlineData("kind")]
    [InlineData("a\u202Eb.mlpz")]
    public void A_name_that_no_file_may_have_is_refused(string name)
    {
        Assert.Contains("Rename the file", Assert.Throws<ArgumentException>(
            () => LatentStartFiles.Require(LatentSamples.Network(1, 1, 3), System.IO.Path.Combine(_folder.Path, name))).Message);
    }

    [Theory]
    [InlineData("../kind.mlpz")]
    [InlineData("kind.txt")]
    public void A_file_can_name_no_path_and_no_other_kind_of_file(string name)
    {
        SaveStart("kind.mlpz", seed: 5);
        File.Copy(_folder.File("kind.mlpz"), _folder.File("kind.txt"));
        string inner = System.IO.Path.Combine(_folder.Path, "inner");
        Directory.CreateDirectory(inner);
        string path = Save(LatentSamples.Network(8, 8, 3, start: LatentStart.Of(LatentSamples.Network(1, 1, 3, seed: 5), name)), name == "kind.txt" ? "picture.mlpz" : "inner/picture.mlpz");
        Assert.Throws<ModelFileException>(() => ModelFile.Load(path, cancellationToken: Stopping));
    }

    [Fact]
    public void A_model_file_with_all_numbers_needs_no_start_and_keeps_it()
    {
        Mlp network = LatentSamples.Network(20, 12, 3, start: LatentSamples.Start);
        Mlp loaded = ModelFile.FromBytes(ModelFile.ToBytes(network)).Network;
        Assert.Equal(network.Design, loaded.Design);
        Assert.Equal(LatentFile.Compose(network, training: null, Stopping), LatentFile.Compose(loaded, training: null, Stopping));
    }

    [Fact]
    public void A_description_of_a_start_that_cannot_be_is_refused()
    {
        int[] numbers = LatentSamples.Start.WholeNumbers, large = [.. numbers];
        large[7] = int.MinValue;
        foreach ((string? name, int[]? described) in new[] { ("kind.mlpz", null), (null, numbers), ("kind.mlpz", large) })
            Assert.Throws<UnexpectedValueException>(() => new EncodingDescription.Latents(8, 8, 3, 2, name, described).ToEncoding());
        MlpDesign design = TrainingDefaults.LatentDesign(3).With(new EncodingDescription.Latents(8, 8, 3, 2, "kind.mlpz", numbers[1..]).ToEncoding());
        Assert.Throws<ArgumentException>(design.Validate);
    }

    [Fact]
    public void Layers_of_as_many_numbers_are_other_layers()
    {
        Assert.Equal(LatentStart.BuiltIn.WholeNumbers.Length, LatentStart.Of(LatentNetworkOf(12, 31), "other.mlpz").WholeNumbers.Length);
        Assert.Null(LatentStart.BuiltIn.ChannelsFor([12, 31]));
        Assert.Equal(3, LatentStart.BuiltIn.ChannelsFor([16, 16]));
        Assert.False(new Mlp(LatentNetworkOf(12, 31).Design).Layers[^1].Weights.AsSpan().ContainsAnyExcept(0f));
    }

    private static Mlp LatentNetworkOf(params int[] hiddenLayers) =>
        new((TrainingDefaults.LatentDesign(3) with { HiddenLayers = hiddenLayers }).With(LatentEncoding.For(1, 1, 3)));

    private static ModelFileException Missing(string path)
    {
        var error = Assert.Throws<ModelFileException>(() => ModelFile.Load(path));
        Assert.Equal(ModelFileProblem.StartMissing, error.Problem);
        return error;
    }

    private LatentStart SaveStart(string name, int seed)
    {
        string path = Save(LatentSamples.Network(1, 1, 3, seed), name);
        return LatentStartFiles.Require(ModelFile.Load(path).Network, path);
    }

    private string Save(Mlp network, string name)
    {
        CompressedModelFile.SaveLatents(network, _folder.File(name), new CompressionOptions { Overwrite = true }, Stopping);
        return _folder.File(name);
    }

    private static Numerics.ThinNetwork EntropyOf(LatentStart start)
    {
        Numerics.ThinNetwork entropy = LatentNetwork.CreateEntropy(Numerics.ThinKernel.Of(Numerics.InstructionSet.Scalar));
        start.Entropy.CopyTo(entropy.Parameters);
        return entropy;
    }
}
