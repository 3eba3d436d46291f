using System.ComponentModel;

namespace MonaLisa.Engine;

/// <summary>What a plot of training runs shows of each epoch.</summary>
public enum PlotMetric
{
    /// <summary>Peak signal-to-noise ratio over the training pixels, in dB.</summary>
    [Description("Peak signal-to-noise ratio over the training pixels, in dB; the default")]
    Psnr,

    /// <summary>Peak signal-to-noise ratio over the held-out pixels, in dB; of epochs that were measured.</summary>
    [Description("The same over the held-out pixels, of epochs that were measured")]
    HeldOutPsnr,

    /// <summary>The mean of the loss that training makes small; without a unit.</summary>
    [Description("The mean of the loss that training makes small")]
    Loss,

    /// <summary>Mean absolute error over the training pixels, of colours in [0, 1].</summary>
    [Description("Mean absolute error over the training pixels")]
    Mae,

    /// <summary>Mean absolute error over the held-out pixels, likewise; of epochs that were measured.</summary>
    [Description("The same over the held-out pixels, of epochs that were measured")]
    HeldOutMae,

    /// <summary>The learning rate of the epoch's last step.</summary>
    [Description("The learning rate at the epoch's end")]
    LearningRate,

    /// <summary>Pixels learned from a second.</summary>
    [Description("Pixels learned from a second")]
    PixelsPerSecond,
}
