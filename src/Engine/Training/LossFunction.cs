namespace MonaLisa.Engine;

/// <summary>What training makes small.</summary>
public enum LossFunction
{
    /// <summary>The mean over pixels and channels of the squared error.</summary>
    MeanSquaredError,

    /// <summary>The mean over pixels of half the squared error summed over channels: the 2012 program's.</summary>
    HalfSquaredError,
}
