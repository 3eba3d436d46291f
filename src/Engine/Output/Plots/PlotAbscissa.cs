using System.ComponentModel;

namespace MonaLisa.Engine;

/// <summary>What a plot of training runs goes along.</summary>
public enum PlotAbscissa
{
    /// <summary>The number of the epoch, from 1.</summary>
    [Description("the number of the epoch")]
    Epoch,

    /// <summary>Training time in seconds, measuring not counted.</summary>
    [Description("training time in seconds, measuring not counted")]
    Seconds,

    /// <summary>Pixels learned from since the start of the run, each as often as it came.</summary>
    [Description("pixels learned from, each as often as it came, in millions")]
    Pixels,
}
