namespace MonaLisa.Engine;

/// <summary>What a plot of training runs shows of each epoch.</summary>
public enum PlotMetric
{
    /// <summary>Peak signal-to-noise ratio over the training pixels, in dB.</summary>
    Psnr,

    /// <summary>Peak signal-to-noise ratio over the held-out pixels, in dB; of epochs that were measured.</summary>
    HeldOutPsnr,

    /// <summary>The mean of the loss that training makes small; without a unit.</summary>
    Loss,

    /// <summary>Mean absolute error over the training pixels, of colours in [0, 1].</summary>
    Mae,

    /// <summary>Mean absolute error over the held-out pixels, likewise; of epochs that were measured.</summary>
    HeldOutMae,

    /// <summary>The learning rate of the epoch's last step.</summary>
    LearningRate,

    /// <summary>Pixels learned from a second.</summary>
    PixelsPerSecond,
}
