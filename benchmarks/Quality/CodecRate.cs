namespace MonaLisa.Quality;

/// <summary>What a picture format takes for a PSNR.</summary>
/// <param name="BitsPerPixel">8 times the bytes by the pixels.</param>
/// <param name="IsLeast">Whether that is its lowest quality, which has a higher PSNR still: no file of it is smaller.</param>
internal readonly record struct CodecRate(double BitsPerPixel, bool IsLeast)
{
    /// <inheritdoc/>
    public override string ToString() => (IsLeast ? "least " : "") + Format.BitsPerPixel(BitsPerPixel);
}
