using MonaLisa.Engine.Numerics;

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

    /// <summary>The PSNR of the clamped samples.</summary>
    public readonly double Psnr => Decibels.Psnr(MeanSquaredError);

    /// <summary>Adds neighbouring pixels: their samples, and the reference's.</summary>
    public void Add(ReadOnlySpan<float> given, ReadOnlySpan<float> wanted)
    {
        // Summed apart first: a row's errors lose fewer digits than in a sum of rows.
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

/// <summary>Errors of a picture's pixels, summed apart for each role.</summary>
internal sealed class SetErrors(PixelPartition partition, int width, int channels)
{
    private readonly PixelErrors[] _errors = new PixelErrors[3];
    private PixelRoleCursor _roles = new(partition);

    /// <summary>The errors of the pixels of a role.</summary>
    public ref readonly PixelErrors this[PixelRole role] => ref _errors[(int)role];

    /// <summary>Adds the next row, whose number is y: the picture's samples, <c>[width, channels]</c>, and the reference's.</summary>
    public void AddRow(int y, ReadOnlySpan<float> given, ReadOnlySpan<float> wanted)
    {
        for (int x = 0; x < width; x++)
            _errors[(int)_roles.RoleOf(y * width + x)].Add(given.Slice(x * channels, channels), wanted.Slice(x * channels, channels));
    }
}
