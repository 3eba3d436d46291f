#!/usr/bin/env bash
# libvips 8.18.7 (NetVips.Native 8.18.7, NetVips 3.2.0) takes the samples of an uncompressed YCbCr TIFF for red, green and blue where the colour
# differences have as many samples as the luminance (YCbCrSubsampling 1, 1), and converts them where they have half as many (2, 1).
# There is no error or warning, also with failOn at Warning: a picture comes out in wrong colours. The two files below are the same picture of one
# colour: Y 120, Cb 100, Cr 150, which is red 151, green 114, blue 70 (BT.601, TIFF 6.0 section 21).
# Needs the .NET SDK 10 and NuGet. Fails if the behaviour changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > finding.csproj <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="NetVips" Version="3.2.0" />
    <PackageReference Include="NetVips.Native" Version="8.18.7" />
  </ItemGroup>
</Project>
PROJECT
cat > Program.cs <<'PROGRAM'
using NetVips;

Console.WriteLine($"libvips {NetVips.NetVips.Version(0)}.{NetVips.NetVips.Version(1)}.{NetVips.NetVips.Version(2)}");
Show("1, 1", Tiff(1, [120, 100, 150]));
Show("2, 1", Tiff(2, [120, 120, 100, 150]));

static void Show(string subsampling, byte[] file)
{
    using Image image = Image.NewFromBuffer(file, failOn: Enums.FailOn.Warning);
    byte[] samples = image.WriteToMemory<byte>();
    Console.WriteLine($"{subsampling}: {image.Interpretation}, {string.Join(' ', samples.Take(3))}");
}

// 16 x 8 pixels in one strip, little-endian.
static byte[] Tiff(int across, byte[] block)
{
    const int width = 16, height = 8;
    byte[] strip = [.. Enumerable.Repeat(block, width * height / across).SelectMany(bytes => bytes)];
    using var file = new MemoryStream();
    using var writer = new BinaryWriter(file);
    writer.Write("II*\0"u8);
    writer.Write(8 + strip.Length);
    writer.Write(strip);
    (ushort Tag, ushort Type, int Count, int Value)[] entries =
    [
        (256, 3, 1, width), (257, 3, 1, height), (258, 3, 3, 8 + strip.Length + 2 + 11 * 12 + 4), (259, 3, 1, 1), (262, 3, 1, 6), (273, 4, 1, 8),
        (277, 3, 1, 3), (278, 3, 1, height), (279, 4, 1, strip.Length), (284, 3, 1, 1), (530, 3, 2, across | 1 << 16),
    ];
    writer.Write((ushort)entries.Length);
    foreach ((ushort tag, ushort type, int count, int value) in entries)
    {
        writer.Write(tag);
        writer.Write(type);
        writer.Write(count);
        writer.Write(value);
    }
    writer.Write(0);
    foreach (ushort bits in (ushort[])[8, 8, 8])
        writer.Write(bits);
    return file.ToArray();
}
PROGRAM
output=$(dotnet run -c Release)
echo "$output"
expected='libvips 8.18.7
1, 1: Srgb, 120 100 150
2, 1: Srgb, 151 114 70'
[[ $output == "$expected" ]] || { echo "The behaviour has changed; expected:"; echo "$expected"; exit 1; }
