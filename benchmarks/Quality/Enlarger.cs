using System.Buffers.Binary;
using System.Diagnostics;
using MonaLisa.Engine;
using MonaLisa.Engine.Pictures;
using NetVips;

namespace MonaLisa.Quality;

/// <summary>What people enlarge pictures with.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Enlarge">Enlarges a picture of 8 bits to so many pixels across and down.</param>
internal sealed record Enlarger(string Name, Func<FloatPicture, int, int, FloatPicture> Enlarge)
{
    public static Enlarger Bicubic { get; } = new("bicubic (a = -0.5)", (small, width, height) => small.Resized(ShrinkKernel.Bicubic, width, height));

    public static Enlarger Lanczos { get; } = new("Lanczos 3", (small, width, height) => small.Resized(ShrinkKernel.Lanczos, width, height));

    /// <summary>The best kernels of libvips, and of ImageMagick where its command is installed.</summary>
    public static IReadOnlyList<Enlarger> Others { get; } =
    [
        new("libvips, lbb", (small, width, height) => ByVips(small, width, height, "lbb")),
        new("libvips, nohalo", (small, width, height) => ByVips(small, width, height, "nohalo")),
        .. from command in (string[])["magick", "convert"]
           where IsInstalled(command)
           from filter in (string[])["LanczosSharp", "RobidouxSharp"]
           select new Enlarger($"ImageMagick, {filter}, -distort", (small, width, height) => ByImageMagick(command, small, width, height, filter)),
    ];

    /// <summary>Its resize moves pictures by half a pixel; affine takes them where they are told to lie.</summary>
    private static FloatPicture ByVips(FloatPicture small, int width, int height, string interpolation)
    {
        double across = (double)width / small.Width, down = (double)height / small.Height;
        using Image image = Image.NewFromMemoryCopy(ToBytes(small), small.Width, small.Height, small.Channels, Enums.BandFormat.Uchar);
        using Interpolate interpolate = Interpolate.NewFromName(interpolation);
        using Image large = image.Affine(
            [across, 0, 0, down], interpolate, oarea: [0, 0, width, height], odx: across / 2 - 0.5, ody: down / 2 - 0.5, extend: Enums.Extend.Copy);
        return ToPicture(large.WriteToMemory<byte>(), width, height, small.Channels);
    }

    private static bool IsInstalled(string command) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, command)));

    private static FloatPicture ByImageMagick(string command, FloatPicture small, int width, int height, string filter)
    {
        string format = small.Channels == 1 ? "gray" : "rgb";
        var start = new ProcessStartInfo(command)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            ArgumentList =
            {
                "-size", FormattableString.Invariant($"{small.Width}x{small.Height}"), "-depth", "8", $"{format}:-", "-filter", filter,
                "-distort", "Resize", FormattableString.Invariant($"{width}x{height}!"), "-depth", "16", "-endian", "MSB", $"{format}:-",
            },
        };
        using Process process = Process.Start(start)!;
        Task write = Task.Run(() =>
        {
            process.StandardInput.BaseStream.Write(ToBytes(small));
            process.StandardInput.Close();
        });
        byte[] samples = new byte[width * height * small.Channels * sizeof(ushort)];
        process.StandardOutput.BaseStream.ReadExactly(samples);
        write.Wait();
        // Where it writes 8 bits itself, version 6 cuts samples off: the picture becomes half a step darker.
        return new FloatPicture(width, height, small.Channels, [.. Enumerable.Range(0, samples.Length / sizeof(ushort))
            .Select(i => BinaryPrimitives.ReadUInt16BigEndian(samples.AsSpan(i * sizeof(ushort))) / (float)ushort.MaxValue)]);
    }

    /// <summary>The samples of 8 bits.</summary>
    public static byte[] ToBytes(FloatPicture picture) => [.. picture.Values.Select(value => (byte)MathF.Round(Math.Clamp(value, 0, 1) * byte.MaxValue))];

    /// <summary>A picture of samples of 8 bits.</summary>
    public static FloatPicture ToPicture(byte[] samples, int width, int height, int channels) =>
        new(width, height, channels, [.. samples.Select(sample => sample / (float)byte.MaxValue)]);
}
