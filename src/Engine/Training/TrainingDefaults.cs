namespace MonaLisa.Engine;

/// <summary>The choices made for a user who made none.</summary>
public static class TrainingDefaults
{
    /// <summary>The picture's size that is reckoned with where none is known.</summary>
    public const int UsualSide = 512;

    /// <summary>Network and training for a picture.</summary>
    /// <param name="dataset">The picture.</param>
    /// <param name="quality">How good it is to be.</param>
    /// <param name="seed">Seed of weights and shuffling.</param>
    public static TrainingPlan For(
        PixelDataset dataset, TrainingQuality quality = TrainingQuality.Standard, int seed = MlpDesign.DefaultSeed)
    {
        double megapixels = dataset.TrainingPixelCount / 1e6;
        MlpDesign design = new MlpDesign
        {
            HiddenLayers = [64, 64],
            OutputCount = dataset.Channels,
            Activation = Activation.ReLU,
            Seed = seed,
        }.With(Encoding(EncodingKind.Grid, dataset.Width, dataset.Height));
        return new TrainingPlan(design, new TrainingOptions
        {
            Seed = seed,
            BatchSize = (int)Math.Clamp(dataset.TrainingPixelCount / 64, 1024, 1 << 18),
            MaxTime = TimeSpan.FromSeconds(quality switch
            {
                TrainingQuality.Draft => 2 + 2 * megapixels,
                TrainingQuality.Standard => 10 + 5 * megapixels,
                _ => 60 + 20 * megapixels,
            }),
        });
    }

    /// <summary>An encoding for a picture, its other values chosen by the picture's size.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    public static InputEncoding Encoding(EncodingKind kind, int width = UsualSide, int height = UsualSide) => kind switch
    {
        EncodingKind.Frequency => FrequencyEncoding.For(width, height),
        EncodingKind.Fourier => FourierEncoding.For(width, height),
        EncodingKind.Grid => GridEncoding.For(width, height),
        _ => InputEncoding.None,
    };

    /// <summary>The dense network without an encoding that paints best: SIREN, three hidden layers of 256.</summary>
    /// <param name="seed">Seed of the weights.</param>
    public static MlpDesign Design(int seed = MlpDesign.DefaultSeed) => new() { HiddenLayers = [256, 256, 256], Seed = seed };

    /// <summary>The design of a network whose layers the user chose; coordinates and colours in the range that suits the activation.</summary>
    /// <param name="hiddenLayers">Neurons in each hidden layer.</param>
    /// <param name="activation">The hidden layers' activation.</param>
    /// <param name="seed">Seed of the weights.</param>
    public static MlpDesign Design(IReadOnlyList<int> hiddenLayers, Activation activation = Activation.Sine, int seed = MlpDesign.DefaultSeed) =>
        new() { HiddenLayers = hiddenLayers, Activation = activation, Seed = seed };
}
