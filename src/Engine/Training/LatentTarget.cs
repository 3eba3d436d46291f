using System.Globalization;

namespace MonaLisa.Engine.Training;

/// <summary>What a network with latents is to be: a file of a size, or a picture of a quality.</summary>
internal sealed class LatentTarget
{
    /// <summary>By how many dB the PSNR rises when the step is halved, about.</summary>
    private const double DecibelsPerHalving = 4.5;

    /// <summary>How much smaller the step is at one tenth of 1 - SSIM, about: a quarter.</summary>
    private const double StepPerLoss = 0.6;

    private readonly double? _bytes, _psnr, _ssim;
    private readonly string? _text;

    /// <summary>The target of a run.</summary>
    /// <param name="options">The options.</param>
    /// <param name="pixelCount">The picture's pixels.</param>
    /// <exception cref="ArgumentException">There is more than one.</exception>
    public LatentTarget(TrainingOptions options, int pixelCount)
    {
        RequireOne(options);
        _bytes = options.TargetSize ?? options.TargetBitsPerPixel * pixelCount / 8;
        (_psnr, _ssim) = (options.TargetPsnr, options.TargetSsim);
        _text = Given(options).FirstOrDefault();
    }

    /// <summary>Throws where more than one target is given.</summary>
    /// <exception cref="ArgumentException">There is more than one.</exception>
    public static void RequireOne(TrainingOptions options)
    {
        if (Given(options).ToArray() is [_, _, ..] given)
            throw new ArgumentException($"{string.Join(" and ", given)} each decide how large the file is. Give one of them.");
    }

    private static IEnumerable<string> Given(TrainingOptions options) =>
        from target in new (string Name, IFormattable? Value)[]
        {
            (nameof(options.TargetPsnr), options.TargetPsnr), (nameof(options.TargetBitsPerPixel), options.TargetBitsPerPixel),
            (nameof(options.TargetSize), options.TargetSize), (nameof(options.TargetSsim), options.TargetSsim),
        }
        where target.Value is not null
        select $"{target.Name} {target.Value.ToString(null, CultureInfo.InvariantCulture)}";

    /// <summary>Whether there is a target.</summary>
    public bool IsGiven => (_bytes, _psnr, _ssim) is not (null, null, null);

    /// <summary>Whether it is a size, and not a quality.</summary>
    public bool IsSize => _bytes is not null;

    /// <summary>Whether it needs the SSIM.</summary>
    public bool NeedsSsim => _ssim is not null;

    /// <summary>Whether it is met. Bytes and a PSNR that are not numbers meet no target; an SSIM that is not one was not measured.</summary>
    public bool IsMet(in LatentResult result) =>
        (_bytes is not double bytes || result.Bytes <= bytes) && (_psnr is not double psnr || result.Psnr >= psnr) && !(result.Ssim < _ssim);

    /// <summary>Whether one result is better than another: it meets the target, with fewer bytes or, for a size, a better picture.</summary>
    public bool IsBetter(in LatentResult result, in LatentResult other)
    {
        bool isMet = IsMet(result), isOtherMet = IsMet(other);
        if (isMet != isOtherMet)
            return isMet;
        bool isNearer = Distance(result) < Distance(other);
        return !isMet ? isNearer : _bytes is not null ? result.Psnr > other.Psnr : result.Bytes < other.Bytes;
    }

    /// <summary>The factor of the step that would meet the target, about; above 1 for a smaller file.</summary>
    public double Factor(in LatentResult result)
    {
        return
            _bytes is double bytes ? Math.Pow(result.Bytes / bytes, 0.9)
            : _psnr is double psnr ? Math.Pow(2, (result.Psnr - psnr) / DecibelsPerHalving)
            : _ssim is double ssim ? Math.Pow((1 - ssim) / Math.Max(1 - result.Ssim, 1e-6), StepPerLoss)
            : 1;
    }

    /// <summary>The error of a target that cannot be met.</summary>
    /// <param name="name">The picture.</param>
    /// <param name="nearest">The nearest that can.</param>
    /// <param name="pixelCount">The picture's pixels.</param>
    public LatentTargetException Unreachable(string name, in LatentResult nearest, int pixelCount) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"{_text} cannot be reached with '{name}': the nearest is {nearest.Bytes} bytes, which are {8.0 * nearest.Bytes / pixelCount:F3} bits a pixel, ") +
        string.Create(CultureInfo.InvariantCulture, $"with {nearest.Psnr:F2} dB") +
        (NeedsSsim ? string.Create(CultureInfo.InvariantCulture, $" and an SSIM of {nearest.Ssim:F4}") : "") +
        $". Ask for {(_bytes is null ? "less" : "more")}, or train more epochs.");

    private double Distance(in LatentResult result) => Math.Abs(Math.Log(Factor(result)));
}

/// <summary>What a network with latents is.</summary>
/// <param name="Bytes">Bytes of its compressed file.</param>
/// <param name="Psnr">PSNR in dB.</param>
/// <param name="Ssim">SSIM; not a number where it is not needed.</param>
internal readonly record struct LatentResult(double Bytes, double Psnr, double Ssim);
