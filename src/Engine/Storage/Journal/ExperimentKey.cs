using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MonaLisa.Engine.Training;

namespace MonaLisa.Engine;

/// <summary>
/// Names the runs of one picture in an experiment: equal pixels with equal roles, equal settings in whatever order and an equal seed give
/// equal names. What the picture is called does not count.
/// </summary>
/// <param name="picture">The picture.</param>
public sealed class ExperimentKey(PixelDataset picture)
{
    private const int Digits = 32;

    private readonly string _picture = PictureText(PictureIdentity.Of(picture));

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

    private static string PictureText(PictureIdentity picture) => string.Create(
        CultureInfo.InvariantCulture,
        $"{picture.Width}x{picture.Height}x{picture.Channels}x{picture.BitDepth} {picture.Samples} {picture.Roles}");
}
