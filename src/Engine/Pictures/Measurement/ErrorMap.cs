using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine;

/// <summary>
/// The errors of a painting as a picture: for each pixel the mean over the channels of |painted - target|, both in [0, 1] and the painted
/// one clamped, times a gain, in the colours of <see cref="ColorMap.Sequential"/>. Black is no error; an error of 1 / gain and
/// any larger one is lightest. Pixels that the dataset ignores count as free of error.
/// </summary>
internal sealed class ErrorMap
{
    /// <summary>The share of the pixels whose errors a gain that suits the picture still distinguishes; the others are lightest.</summary>
    private const double ToldApart = 0.995;

    private const int PixelsPerStrip = 1 << 16;

    private const int Rgb = 3;

    /// <summary>Finer than a step of 8 bits, of which one channel of four may be off.</summary>
    private const int Bins = 1 << 14;

    private readonly PixelDataset _target;
    private readonly RowSource _wanted, _painted;
    private readonly int _channels;
    private readonly PixelRoleMap? _roles;
    private float[] _targetColors = [], _paintedColors = [];

    /// <summary>A map of a painting's errors.</summary>
    /// <param name="target">The picture that was to be painted.</param>
    /// <param name="channels">Samples of the painting's pixels. If the target has others, both are compared as red, green and blue.</param>
    /// <param name="painted">
    /// Gives the painting in the target's size, <c>[rowCount, width, channels]</c>; on the caller's thread.
    /// </param>
    public ErrorMap(PixelDataset target, int channels, RowSource painted)
    {
        (_target, _channels, _wanted, _painted) = (target, channels, target.CopyRows, painted);
        _roles = target.Partition?.ToMap(target.PixelCount);
        if (channels == target.Channels)
            return;
        _channels = Rgb;
        _wanted = RowSources.ToRgb(target.Width, target.Channels, target.CopyRows);
        _painted = RowSources.ToRgb(target.Width, channels, painted);
    }

    /// <summary>
    /// The gain that suits the painting: with it an error as large as 99.5 % of the pixels stay below is lightest. 1 for a painting that
    /// has no errors.
    /// </summary>
    /// <param name="cancellationToken">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    public double SuitingGain(CancellationToken cancellationToken = default)
    {
        var counts = new long[Bins];
        int rowsPerStrip = Math.Clamp(PixelsPerStrip / _target.Width, 1, _target.Height);
        var errors = new float[_target.Width * rowsPerStrip];
        for (int row = 0; row < _target.Height; row += rowsPerStrip)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int rows = Math.Min(rowsPerStrip, _target.Height - row);
            CopyErrors(row, rows, errors);
            foreach (float error in errors.AsSpan(0, rows * _target.Width))
                counts[error >= 0 ? Math.Min(Bins - 1, (int)(error * Bins)) : Bins - 1]++;
        }
        long below = 0;
        int bin = 0;
        while (bin < Bins - 1 && (below += counts[bin]) < ToldApart * _target.PixelCount)
            bin++;
        return bin == 0 && counts[0] == _target.PixelCount ? 1 : (double)Bins / (bin + 1);
    }

    /// <summary>Writes rows of errors.</summary>
    /// <param name="firstRow">The first row, from 0.</param>
    /// <param name="rowCount">Number of rows.</param>
    /// <param name="errors">Receives <c>[rowCount, width]</c> in [0, 1]; not a number where the painting is not.</param>
    public void CopyErrors(int firstRow, int rowCount, Span<float> errors)
    {
        int channels = _channels, count = rowCount * _target.Width;
        if (_targetColors.Length < count * channels)
            (_targetColors, _paintedColors) = (new float[count * channels], new float[count * channels]);
        Span<float> targetColors = _targetColors.AsSpan(0, count * channels), paintedColors = _paintedColors.AsSpan(0, count * channels);
        _wanted(firstRow, rowCount, targetColors);
        _painted(firstRow, rowCount, paintedColors);
        for (int pixel = 0; pixel < count; pixel++)
        {
            float sum = 0;
            for (int channel = 0, at = pixel * channels; channel < channels; channel++, at++)
                sum += Math.Abs(Math.Clamp(paintedColors[at], 0f, 1f) - targetColors[at]);
            bool isIgnored = _roles is not null && _roles[firstRow * _target.Width + pixel] == PixelRole.Ignored;
            errors[pixel] = isIgnored ? 0 : sum / channels;
        }
    }

    /// <summary>The map's rows, red, green and blue.</summary>
    /// <param name="gain">What errors are multiplied by, above 0.</param>
    public RowSource Rows(double gain)
    {
        if (!(gain > 0 && double.IsFinite(gain)))
            throw new ArgumentOutOfRangeException(nameof(gain), gain,
                FormattableString.Invariant($"The gain is a number above 0, not {gain}."));
        float[] errors = [];
        return (firstRow, rowCount, colors) =>
        {
            int count = rowCount * _target.Width;
            if (errors.Length < count)
                errors = new float[count];
            CopyErrors(firstRow, rowCount, errors);
            for (int pixel = 0; pixel < count; pixel++)
                ColorMap.Sequential.Write((float)(errors[pixel] * gain), colors.Slice(pixel * 3, 3));
        };
    }
}
