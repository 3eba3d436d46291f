namespace MonaLisa.Engine.Pictures;

/// <summary>Sums of errors of some pixels, in double precision.</summary>
internal struct PixelErrors
{
    private double _squared, _absolute;
    private long _samples;

    /// <summary>Mean squared error of the clamped samples.</summary>
    public readonly double MeanSquaredError => _squared / _samples;

    /// <summary>Mean absolute error of the samples as they are.</summary>
    public readonly double Mae => _absolute / _samples;

    /// <summary>Peak signal-to-noise ratio in dB.</summary>
    public readonly double Psnr => 10 * Math.Log10(1 / MeanSquaredError);

    /// <summary>Adds pixels that lie side by side.</summary>
    /// <param name="given">Their samples.</param>
    /// <param name="wanted">The reference's.</param>
    public void Add(ReadOnlySpan<float> given, ReadOnlySpan<float> wanted)
    {
        // Summed by themselves first: a row's errors lose less to a sum of rows.
        double squared = 0, absolute = 0;
        for (int i = 0; i < given.Length; i++)
        {
            absolute += Math.Abs((double)given[i] - wanted[i]);
            double clamped = (double)Math.Clamp(given[i], 0f, 1f) - Math.Clamp(wanted[i], 0f, 1f);
            squared += clamped * clamped;
        }
        _squared += squared;
        _absolute += absolute;
        _samples += given.Length;
    }
}
