using System.ComponentModel;

namespace MonaLisa.Engine;

/// <summary>What a plot of training runs shows of each epoch.</summary>
public enum PlotMetric
{
    /// <summary>Peak signal-to-noise ratio over the training pixels, in dB.</summary>
    [Description("PSNR over the training pixels, in dB")]
    Psnr,

    /// <summary>Peak signal-to-noise ratio over the held-out pixels, in dB; of epochs that were measured.</summary>
    [Description("PSNR over the held-out pixels, in dB; needs -MeasureEachEpoch")]
    HeldOutPsnr,

    /// <summary>The mean of the loss that training makes small; without a unit.</summary>
    [Description("the mean of the loss that training makes small")]
    Loss,

    /// <summary>Mean absolute error over the training pixels, of colours in [0, 1].</summary>
    [Description("mean absolute error over the training pixels")]
    Mae,

    /// <summary>Mean absolute error over the held-out pixels, likewise; of epochs that were measured.</summary>
    [Description("mean absolute error over the held-out pixels; needs -MeasureEachEpoch")]
    HeldOutMae,

    /// <summary>The learning rate of the epoch's last step.</summary>
    [Description("the learning rate of the epoch's last step")]
    LearningRate,

    /// <summary>Pixels learned from a second.</summary>
    [Description("pixels learned from a second, in millions")]
    PixelsPerSecond,
}
