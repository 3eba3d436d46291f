namespace MonaLisa.Engine.Pictures;

/// <summary>Errors of a picture's pixels, summed apart for each role.</summary>
internal sealed class SetErrors(PixelPartition partition, int width, int channels)
{
    private readonly PixelErrors[] _errors = new PixelErrors[3];
    private PixelRoleCursor _roles = new(partition);

    /// <summary>The errors of the pixels of a role.</summary>
    public ref readonly PixelErrors this[PixelRole role] => ref _errors[(int)role];

    /// <summary>Adds the next row.</summary>
    /// <param name="y">The row, from 0.</param>
    /// <param name="given">The picture's samples, <c>[width, channels]</c>.</param>
    /// <param name="wanted">The reference's.</param>
    public void AddRow(int y, ReadOnlySpan<float> given, ReadOnlySpan<float> wanted)
    {
        for (int x = 0; x < width; x++)
            _errors[(int)_roles.RoleOf(y * width + x)].Add(given.Slice(x * channels, channels), wanted.Slice(x * channels, channels));
    }
}
