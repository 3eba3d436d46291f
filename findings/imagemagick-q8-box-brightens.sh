#!/usr/bin/env bash
# ImageMagick 7 with 8 bits (Magick.NET-Q8-AnyCPU 15.1.0) makes a picture half a step brighter when it halves it with the filter Box, which should
# give the mean of each 2 x 2 pixels. It rounds to 8 bits after the rows and again after the columns, and a half goes up both times: half of
# all sums of two pixels end in a half, so that each pass adds a quarter of a step in the mean. Where the mean of four pixels is a whole number, one
# result in two is a step above it. Halving five times adds two and a half steps. Cubic and triangle filters, whose sums seldom end in a half, do not
# do it, and Scale, another operation, adds an eighth of a step.
# For comparisons of programs: a picture that was halved so is not the reference's mean, and whoever enlarges it is blamed for it.
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
    <PackageReference Include="Magick.NET-Q8-AnyCPU" Version="15.1.0" />
  </ItemGroup>
</Project>
PROJECT
cat > Program.cs <<'PROGRAM'
using ImageMagick;

const int Side = 128, Half = Side / 2;
var random = new Random(1);
byte[] pixels = [.. Enumerable.Range(0, Side * Side).Select(_ => (byte)random.Next(40, 210))];
double[] means = [.. from y in Enumerable.Range(0, Half)
                     from x in Enumerable.Range(0, Half)
                     select (At(2 * x, 2 * y) + At(2 * x + 1, 2 * y) + At(2 * x, 2 * y + 1) + At(2 * x + 1, 2 * y + 1)) / 4.0];
Show("Box", image => Resize(image, FilterType.Box));
Show("Triangle", image => Resize(image, FilterType.Triangle));
Show("Catrom", image => Resize(image, FilterType.Catrom));
Show("Scale", image => image.Scale(Half, Half));

byte At(int x, int y) => pixels[y * Side + x];

static void Resize(MagickImage image, FilterType filter)
{
    image.FilterType = filter;
    image.Resize(Half, Half);
}

void Show(string name, Action<MagickImage> halve)
{
    var settings = new MagickReadSettings { Width = Side, Height = Side, Format = MagickFormat.Gray, Depth = 8 };
    using var image = new MagickImage(pixels, settings);
    halve(image);
    byte[] halved = image.ToByteArray(MagickFormat.Gray);
    double brighter = halved.Average(value => (double)value) - pixels.Average(value => (double)value);
    string whole = name == "Box"
        ? $"; of {means.Count(mean => mean % 1 == 0)} whole means {means.Zip(halved).Count(pair => pair.First % 1 == 0 && pair.Second == pair.First + 1)} one step above" : "";
    Console.WriteLine(FormattableString.Invariant($"{name}: {brighter:F2} steps brighter{whole}"));
}
PROGRAM
output=$(dotnet run -c Release)
echo "$output"
expected='Box: 0.50 steps brighter; of 984 whole means 481 one step above
Triangle: -0.01 steps brighter
Catrom: -0.01 steps brighter
Scale: 0.13 steps brighter'
[[ $output == "$expected" ]] || { echo "The behaviour has changed; expected:"; echo "$expected"; exit 1; }
