namespace MonaLisa.Engine.Pictures;

/// <summary>How bright a colour is, as in ITU-R BT.601.</summary>
internal static class Luma
{
    /// <summary>The luma, in the unit of the samples.</summary>
    public static double Of(double red, double green, double blue) => 0.299 * red + 0.587 * green + 0.114 * blue;
}
