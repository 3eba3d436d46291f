using CsCheck;

namespace MonaLisa.Engine.Tests;

/// <summary>What is saved is what is loaded.</summary>
public class ModelRoundTripTests
{
    private static readonly Gen<InputEncoding> Encodings = Gen.OneOf<InputEncoding>(
        Gen.Const(InputEncoding.None),
        Gen.Int[1, 16].Select(octaves => (InputEncoding)new FrequencyEncoding { Octaves = octaves }),
        Gen.Select(Gen.Int[1, 40], Gen.Float[0.01f, 1000]).Select((count, sigma) => (InputEncoding)new FourierEncoding { Count = count, Sigma = sigma }),
        Gen.Select(Gen.Select(Gen.Int[2, 20], Gen.Int[2, 20], Gen.Int[1, 400]).Array[1, 5], Gen.Int[1, 3].Select(power => 1 << power)).Select((levels, features) =>
            (InputEncoding)new GridEncoding { Levels = [.. levels.Select(level => GridLevel.Of(level.Item1, level.Item2, level.Item3))], FeaturesPerLevel = features }));

    private static readonly Gen<MlpDesign> Designs =
        from widths in Gen.Int[1, 40].Array[1, 6]
        from activation in Gen.Enum<Activation>().Where(activation => activation != Activation.Identity)
        from initialization in Gen.Enum<WeightInitialization>()
        from omega in Gen.Float[0.001f, 1000]
        from sigma in Gen.Float[0.001f, 1000]
        from coordinates in Gen.Enum<CoordinateConvention>()
        from colors in Gen.Enum<ColorRange>()
        from encoding in Encodings
        from outputs in Gen.Int[0, 2].Select(choice => ((int[])[1, 3, 4])[choice])
        from seed in Gen.Int
        select (new MlpDesign
        {
            HiddenLayers = widths,
            Activation = activation,
            Initialization = initialization,
            Omega = omega,
            Sigma = sigma,
            Coordinates = coordinates,
            Colors = colors,
            OutputCount = outputs,
            Seed = seed,
        }).With(encoding);

    [Fact]
    public void Every_design_and_every_bit_of_the_weights_come_back()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("model.safetensors");
        Designs.Sample(design =>
        {
            var network = new Mlp(design);

            ModelFile.Save(network, path, new ModelSaveOptions { Overwrite = true });
            Mlp loaded = ModelFile.Load(path).Network;

            Assert.Equal(SampleNetworks.Bits(network), SampleNetworks.Bits(loaded));
            Assert.Equal(design, loaded.Design);
            Assert.Equal(network.Layers.Select(layer => layer.ToString()), loaded.Layers.Select(layer => layer.ToString()));
        }, iter: 100, threads: 1);
    }

    [Fact]
    public void A_network_in_memory_is_its_file()
    {
        Mlp network = SampleNetworks.Grid().WithTraining(SampleNetworks.Facts);

        byte[] bytes = ModelFile.ToBytes(network);

        Assert.Equal(SampleNetworks.File(network), bytes);
        Mlp loaded = ModelFile.FromBytes(bytes).Network;
        Assert.Equal(SampleNetworks.Bits(network), SampleNetworks.Bits(loaded));
        Assert.Equal(SampleNetworks.Facts, loaded.Training);
        Assert.Equal(ModelFileProblem.Truncated, Assert.Throws<ModelFileException>(() => ModelFile.FromBytes(bytes[..^1])).Problem);
        network.Layers[0].Biases[0] = float.NaN;
        Assert.Equal(ModelFileProblem.NotFinite, Assert.Throws<ModelFileException>(() => ModelFile.ToBytes(network)).Problem);
    }

    [Fact]
    public void Every_precision_loads_as_what_saving_told()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("model.safetensors");
        Gen.Select(Designs, Gen.Enum<ModelPrecision>()).Sample((design, precision) =>
        {
            ModelDocument saved = ModelFile.Save(new Mlp(design), path, new ModelSaveOptions { Overwrite = true, Precision = precision });
            ModelDocument loaded = ModelFile.Load(path);

            Assert.Equal(SampleNetworks.Bits(saved.Network), SampleNetworks.Bits(loaded.Network));
            Assert.Equal(precision, saved.Precision);
            Assert.Equal(precision, loaded.Precision);
            Assert.Equal(saved.Writer, loaded.Writer);
        }, iter: 100, threads: 1);
    }

    [Fact]
    public void Unusual_numbers_keep_their_bits()
    {
        Mlp network = SampleNetworks.Small();
        float[] unusual = [-0f, float.Epsilon, -float.Epsilon, float.MaxValue, float.MinValue, 1 / 3f];
        unusual.CopyTo(network.Layers[1].Weights, 0);
        unusual[..3].CopyTo(network.Layers[^1].Biases, 0);

        Assert.Equal(SampleNetworks.Bits(network), SampleNetworks.Bits(Reload(network).Network));
    }

    [Fact]
    public void A_loaded_network_paints_the_same_picture()
    {
        foreach (Activation activation in SampleNetworks.Activations)
        {
            Mlp network = SampleNetworks.Train(activation, width: 24, epochs: 2).Network;

            Assert.Equal(SampleNetworks.Render(network), SampleNetworks.Render(Reload(network).Network));
        }
    }

    [Fact]
    public void The_same_network_gives_the_same_file()
    {
        Mlp network = SampleNetworks.Small();
        byte[] file = SampleNetworks.File(network);

        Assert.Equal(file, SampleNetworks.File(network));
        Assert.Equal(file, SampleNetworks.File(Reload(network).Network));
    }

    [Fact]
    public void The_facts_of_the_training_come_back()
    {
        TrainingFacts facts = SampleNetworks.Facts;

        Assert.Equal(facts, Reload(SampleNetworks.Small().WithTraining(facts)).Training);
        Assert.Equal(facts with { Psnr = null, PsnrLost = null, HeldOutPsnr = null }, Reload(SampleNetworks.Small().WithTraining(
            facts with { Psnr = double.PositiveInfinity, PsnrLost = double.NaN, HeldOutPsnr = double.PositiveInfinity })).Training);
        Assert.Null(Reload(SampleNetworks.Small()).Training);
    }

    [Fact]
    public void A_run_is_saved_with_its_facts()
    {
        TrainingRun run = SampleNetworks.Train(width: 16, epochs: 2);
        using var folder = new TemporaryFolder();

        ModelFile.Save(run, folder.File("model"), cancellationToken: TestContext.Current.CancellationToken);
        ModelDocument loaded = ModelFile.Load(folder.File("model"), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(SampleNetworks.Bits(run.Network), SampleNetworks.Bits(loaded.Network));
        Assert.Equal(run.Facts(), loaded.Training);
        Assert.Equal(("waves", 96, 80, 2, 0.0), (loaded.Training!.PictureName, loaded.Training.PictureWidth, loaded.Training.PictureHeight,
            loaded.Training.Epochs, loaded.Training.PsnrLost!.Value));
        Assert.Equal(run.Psnr, loaded.Training.Psnr);
    }

    [Fact]
    public void A_figure_of_held_out_pixels_is_told_only_where_there_is_one()
    {
        byte[] without = SampleNetworks.File(SampleNetworks.Small().WithTraining(SampleNetworks.Facts with { HeldOutPsnr = null }));

        Assert.DoesNotContain("heldOutPsnr", SafetensorsBytes.Header(without));
        byte[] with = SampleNetworks.File(SampleNetworks.Small().WithTraining(SampleNetworks.Facts));
        Assert.Contains("heldOutPsnr", SafetensorsBytes.Header(with));
    }

    [Fact]
    public void The_precision_is_paid_for_in_training_pixels()
    {
        PixelDataset picture = SamplePictures.WavesDataset(48, 40).WithHoldOut(new HoldOut { Fraction = 0.4 });
        TrainingRun run = TrainingSupport.Train(picture, new Mlp(TrainingDefaults.Design([24])), TrainingSupport.Few);
        using var folder = new TemporaryFolder();

        ModelDocument saved = ModelFile.Save(
            run, folder.File("model"), new ModelSaveOptions { Precision = ModelPrecision.Int8 }, TestContext.Current.CancellationToken);

        uint[] training = picture.Partition!.Pixels[..picture.TrainingPixelCount];
        double Psnr(Mlp network) => ReferencePicture.Measure(network, picture, pixel => training.Contains((uint)pixel)).Psnr;
        Assert.Equal(Psnr(run.Network) - Psnr(saved.Network), saved.Training!.PsnrLost!.Value, 1e-3);
        Assert.Equal(run.HeldOutPsnr, ModelFile.Load(folder.File("model"), cancellationToken: TestContext.Current.CancellationToken).Training!.HeldOutPsnr);
    }

    [Fact]
    public void A_network_that_goes_on_learning_leaves_the_facts_behind()
    {
        Mlp loaded = Reload(SampleNetworks.Small().WithTraining(SampleNetworks.Facts)).Network;

        TrainingRun run = Trainer.Train(SamplePictures.WavesDataset(8, 8), loaded, new TrainingOptions { Epochs = 1 },
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.NotNull(loaded.Training);
        Assert.Equal(run.Facts(), run.Network.Training);
    }

    [Fact]
    public void Weights_rounded_anew_have_lost_an_unknown_amount()
    {
        Mlp network = SampleNetworks.Small().WithTraining(SampleNetworks.Facts);

        Assert.Equal(SampleNetworks.Facts, Reload(network).Training);
        Assert.Equal(SampleNetworks.Facts with { PsnrLost = null }, Reload(network, ModelPrecision.Half).Training);
    }

    [Theory]
    [InlineData("../../etc/passwd", ".._.._etc_passwd")]
    [InlineData("C:\\pictures\\a", "C__pictures_a")]
    [InlineData("red\u001b[31m\r\nline\u202E", "red_[31m__line_")]
    public void A_name_that_could_do_harm_is_cleaned(string name, string cleaned)
    {
        TrainingFacts facts = SampleNetworks.Facts with { PictureName = name, Provider = name };

        TrainingFacts loaded = Reload(SampleNetworks.Small().WithTraining(facts)).Training!;

        Assert.Equal((cleaned, cleaned), (loaded.PictureName, loaded.Provider));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_no_character()
    {
        TrainingFacts facts = SampleNetworks.Facts with { PictureName = "half " + '\ud83d' };

        Assert.Equal("half \ufffd", Reload(SampleNetworks.Small().WithTraining(facts)).Training!.PictureName);
    }

    [Fact]
    public void A_long_name_is_cut_between_characters()
    {
        TrainingFacts facts = SampleNetworks.Facts with { PictureName = "x" + string.Concat(Enumerable.Repeat("🖼", 1000)) };

        string loaded = Reload(SampleNetworks.Small().WithTraining(facts)).Training!.PictureName;

        Assert.Equal("x" + string.Concat(Enumerable.Repeat("🖼", 129)), loaded);
    }

    [Fact]
    public void The_deepest_network_comes_back()
    {
        var network = new Mlp(new MlpDesign { HiddenLayers = [.. Enumerable.Repeat(3, MlpDesign.MaxDepth)] });

        ModelDocument loaded = Reload(network, ModelPrecision.Int8);

        Assert.Equal(MlpDesign.MaxDepth + 1, loaded.Network.Layers.Count);
    }

    private static ModelDocument Reload(Mlp network, ModelPrecision precision = ModelPrecision.Single)
    {
        using var folder = new TemporaryFolder();
        ModelFile.Save(network, folder.File("model"), new ModelSaveOptions { Precision = precision });
        return ModelFile.Load(folder.File("model"));
    }
}
