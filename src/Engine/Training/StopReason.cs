namespace MonaLisa.Engine;

/// <summary>Why a training run ended.</summary>
public enum StopReason
{
    /// <summary>The asked number of epochs was done.</summary>
    Epoch,

    /// <summary>The asked time was over.</summary>
    MaxTime,

    /// <summary>The asked PSNR was reached.</summary>
    TargetPsnr,

    /// <summary>It was stopped; the network holds what was learned so far.</summary>
    Canceled,
}
