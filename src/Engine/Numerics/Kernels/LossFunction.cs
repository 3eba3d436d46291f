using System.ComponentModel;

namespace MonaLisa.Engine;

/// <summary>What training minimizes.</summary>
public enum LossFunction
{
    /// <summary>The mean over pixels and channels of the squared error.</summary>
    [Description("the mean squared error: gives the best PSNR; the default")]
    MeanSquaredError,

    /// <summary>The mean over pixels of half the squared error summed over channels: the 2012 program's.</summary>
    [Description("half the squared error summed over channels: the 2012 program's")]
    HalfSquaredError,

    /// <summary>The mean over pixels and channels of the error's magnitude.</summary>
    [Description("the mean absolute error: a few outliers count for less")]
    L1,

    /// <summary>
    /// The mean over pixels and channels of half the squared error up to <see cref="TrainingOptions.HuberDelta"/>, and of
    /// <c>delta * (|error| - delta / 2)</c> beyond (Huber 1964): an outlier counts no more than an error of delta.
    /// </summary>
    [Description("squared for small errors and straight for large ones, see -HuberDelta")]
    Huber,
}
