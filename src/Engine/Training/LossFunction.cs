namespace MonaLisa.Engine;

/// <summary>What training makes small.</summary>
public enum LossFunction
{
    /// <summary>The mean over pixels and channels of the squared error.</summary>
    MeanSquaredError,

    /// <summary>The mean over pixels of half the squared error summed over channels: the 2012 program's.</summary>
    HalfSquaredError,

    /// <summary>The mean over pixels and channels of the error's magnitude.</summary>
    L1,

    /// <summary>
    /// The mean over pixels and channels of half the squared error up to <see cref="TrainingOptions.HuberDelta"/>, and of
    /// <c>delta * (|error| - delta / 2)</c> beyond (Huber 1964): a few wild pixels pull no harder than an error of delta.
    /// </summary>
    Huber,
}
