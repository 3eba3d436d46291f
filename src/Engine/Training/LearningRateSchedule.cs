using System.ComponentModel;

namespace MonaLisa.Engine;

/// <summary>
/// How the learning rate goes from the start of the run, or the end of its warm-up, (progress 0) to its planned end (progress 1).
/// </summary>
public enum LearningRateSchedule
{
    /// <summary>From the start value to zero along half a cosine (Loshchilov and Hutter 2016, arXiv 1608.03983).</summary>
    [Description("along half a cosine to zero; the default")]
    Cosine,

    /// <summary>From the start value to a tenth of it by equal ratios.</summary>
    [Description("by equal ratios to a tenth")]
    Exponential,

    /// <summary>The start value throughout.</summary>
    [Description("the same throughout")]
    Constant,

    /// <summary>The start value, a tenth of it from 1/2 on, a hundredth from 3/4 on (He et al. 2015, arXiv 1512.03385).</summary>
    [Description("a tenth from the half of the run on, a hundredth from three quarters on")]
    Step,

    /// <summary>
    /// From a 25th of the given value along half a cosine up to it at 0.3, and along half a cosine down to zero (Smith and Topin 2017,
    /// arXiv 1708.07120).
    /// </summary>
    [Description("up in the first 30 percent, then down to zero: for short runs")]
    OneCycle,
}
