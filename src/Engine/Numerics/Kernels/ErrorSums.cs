namespace MonaLisa.Engine.Numerics;

/// <summary>Sums of errors over pixels and their channels, colours in [0, 1].</summary>
internal struct ErrorSums
{
    /// <summary>Of squared errors of the colours as the network gives them.</summary>
    public double Squared;

    /// <summary>Of squared errors of the clamped colours: PSNR.</summary>
    public double ClampedSquared;

    /// <summary>Of absolute errors of the colours as the network gives them: MAE.</summary>
    public double Absolute;

    /// <summary>Of losses of the colours as the network gives them, see <see cref="ILossKernel.Value"/>.</summary>
    public double Loss;

    /// <summary>Pixels summed.</summary>
    public long Pixels;

    /// <summary>Pixels times their channels.</summary>
    public long Samples;

    /// <summary>The mean squared error.</summary>
    public readonly double MeanSquaredError => Squared / Samples;

    /// <summary>The mean of the loss's values over pixels and channels.</summary>
    public readonly double MeanLoss => Loss / Samples;

    /// <summary>The PSNR of the clamped colours.</summary>
    public readonly double Psnr => Decibels.Psnr(ClampedSquared, Samples);

    /// <summary>The mean absolute error.</summary>
    public readonly double Mae => Absolute / Samples;

    /// <summary>Adds another sum.</summary>
    public void Add(in ErrorSums other)
    {
        Squared += other.Squared;
        ClampedSquared += other.ClampedSquared;
        Absolute += other.Absolute;
        Loss += other.Loss;
        Pixels += other.Pixels;
        Samples += other.Samples;
    }
}
