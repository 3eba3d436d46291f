namespace MonaLisa.Engine.Training;

/// <summary>What an <see cref="ErrorSampler"/> remembers of each training pixel's error, in codes of its own.</summary>
/// <param name="Noted">The errors when the pixels last came.</param>
/// <param name="DrawnBy">The errors that the epoch under way was drawn by.</param>
internal sealed record ErrorCodes(byte[] Noted, byte[] DrawnBy)
{
    /// <summary>Room for pixels.</summary>
    public static ErrorCodes For(int pixelCount) => new(new byte[pixelCount], new byte[pixelCount]);
}
