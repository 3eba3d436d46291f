using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using MonaLisa.Engine.Storage;
using MonaLisa.Engine.Training;

namespace MonaLisa.Engine;

/// <summary>What is kept of one finished run of an experiment: its settings and its figures, each a simple value.</summary>
internal sealed record ExperimentRecord
{
    /// <summary>Identifies the run: see <see cref="ExperimentKey"/>.</summary>
    public required string Key { get; init; }

    /// <summary>The picture's short name.</summary>
    public required string Picture { get; init; }

    /// <summary>
    /// Each setting's value: a text, a truth value, a <see cref="long"/> or a <see cref="double"/>; times are in seconds.
    /// </summary>
    [JsonConverter(typeof(ExperimentSettings))]
    public required IReadOnlyDictionary<string, object> Settings { get; init; }

    /// <summary>Seed of the weights and of the shuffling.</summary>
    public required int Seed { get; init; }

    /// <summary>PSNR in dB over the training pixels; null for a run that diverged.</summary>
    public double? Psnr { get; init; }

    /// <summary>PSNR in dB over the held-out pixels; null where there are none.</summary>
    public double? HeldOutPsnr { get; init; }

    /// <summary>Mean absolute error over the training pixels; null for a run that diverged.</summary>
    public double? Mae { get; init; }

    /// <summary>Mean absolute error over the held-out pixels; null where there are none.</summary>
    public double? HeldOutMae { get; init; }

    /// <summary>Structural similarity over the training pixels; null for a run that diverged, or whose network enlarges.</summary>
    public double? Ssim { get; init; }

    /// <summary>The network's shape, such as 2-64-64-3.</summary>
    public string? Shape { get; init; }

    /// <summary>Weights and biases.</summary>
    public long? ParameterCount { get; init; }

    /// <summary>Weights without biases.</summary>
    public long? WeightCount { get; init; }

    /// <summary>Epochs, the last perhaps cut short.</summary>
    public int? Epochs { get; init; }

    /// <summary>Training time in seconds, measuring not counted.</summary>
    public double? Seconds { get; init; }

    /// <summary>Pixels learned from a second.</summary>
    public double? PixelsPerSecond { get; init; }

    /// <summary>Why it ended: a <see cref="Engine.StopReason"/>, or <see cref="Diverged"/>.</summary>
    public required string StopReason { get; init; }

    /// <summary>
    /// The name of the model file that its network was saved to, or null. Where its folder is, the user says: a file names no place.
    /// </summary>
    public string? Model { get; init; }

    /// <summary>The <see cref="StopReason"/> of a run whose loss exploded.</summary>
    public const string Diverged = nameof(Diverged);

    /// <summary>How the model file of a run is called in its folder, after the picture's name.</summary>
    /// <param name="key">The run's <see cref="Key"/>.</param>
    public static string ModelSuffix(string key) => "-" + key[..ModelDigits];

    /// <summary>What no run has, a clause; null where this may be one's.</summary>
    public string? Problem()
    {
        if (!ExperimentKey.IsValid(Key))
            return $"has the name {ModelFaults.Quoted(Key)}, which is that of no run";
        if (!ShortName.IsValid(Picture))
            return $"has the picture {ModelFaults.Quoted(Picture)}, whose name is too long or has characters that no name may have";
        if (StopReason != Diverged && !Enum.GetNames<StopReason>().Contains(StopReason))
            return $"has the reason {ModelFaults.Quoted(StopReason)}, for which no run ends";
        if (Shape is not null && !Shape.All(character => char.IsAsciiDigit(character) || character == '-'))
            return $"has {ModelFaults.Quoted(Shape)} where a network's shape is expected";
        if (Model is not null && !(ShortName.IsValid(Model) && Model.EndsWith(ModelSuffix(Key) + ModelFile.Extension, StringComparison.Ordinal)))
            return $"has {ModelFaults.Quoted(Model)} where the name of its own model file is expected, without a folder";
        double?[] figures = [Psnr, HeldOutPsnr, Mae, HeldOutMae, Ssim, Seconds, PixelsPerSecond];
        return figures.Any(figure => figure is double.NaN) || ParameterCount < 1 || WeightCount < 1 || Epochs < 0 || Seconds is < 0 or double.PositiveInfinity
            ? "has a figure that no run has" : null;
    }

    // As much of a run's name as keeps the model files of an experiment apart.
    private const int ModelDigits = 12;
}

/// <summary>
/// Names the runs of one picture in an experiment: equal pixels with equal roles, equal settings in whatever order and an equal seed give
/// equal names. What the picture is called does not count.
/// </summary>
/// <param name="picture">The picture.</param>
internal sealed class ExperimentKey(PixelDataset picture)
{
    private const int Digits = 32;

    /// <summary>Whether a text may be the name of a run.</summary>
    public static bool IsValid(string key) => key.Length == Digits && key.All(char.IsAsciiHexDigitLower);

    private readonly string _picture = PictureIdentity.Of(picture).Content;

    /// <summary>The name of a run, 32 hexadecimal digits.</summary>
    /// <param name="settings">Each setting's value, as in <see cref="ExperimentRecord.Settings"/>.</param>
    /// <param name="seed">The run's seed.</param>
    public string Of(IReadOnlyDictionary<string, object> settings, int seed)
    {
        var text = new StringBuilder(_picture).Append(CultureInfo.InvariantCulture, $"\nSeed={seed}");
        foreach ((string name, object value) in settings.OrderBy(setting => setting.Key, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"\n{name}={value}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..Digits];
    }
}
