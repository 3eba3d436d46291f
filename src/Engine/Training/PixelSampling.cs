using System.ComponentModel;

namespace MonaLisa.Engine;

/// <summary>Which training pixels an epoch learns from.</summary>
public enum PixelSampling
{
    /// <summary>Each of them once.</summary>
    [Description("each pixel once an epoch")]
    Uniform,

    /// <summary>
    /// As many as there are, but those with large errors more often and those with small ones less: four fifths of an epoch are drawn by the
    /// pixels' last errors, and no pixel comes more than about four times. The first epoch has each once. It favours what is hard, as
    /// soft mining (Kheradmand et al. 2024) does without its correction.
    /// </summary>
    [Description("pixels with large errors more often, up to four times an epoch; the default")]
    ErrorWeighted,
}
