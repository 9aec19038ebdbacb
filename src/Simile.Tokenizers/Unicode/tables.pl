#!/usr/bin/perl
# Writes tables.txt beside this file: `perl tables.pl > tables.txt` (Debian's Perl 5.36 carries Unicode 14).
#
# The Rust tokenizers library takes each table from another crate and each crate from another Unicode version:
#   unicode_categories         Unicode 8: BertNormalizer and punctuation
#   unicode-normalization      Unicode 9: NFC, NFD, NFKC, NFKD, StripAccents
# A table of an older version is today's one restricted to the code points that existed then,
# with the few categories put back that changed since.
use strict;

my %was_mark         = map { $_ => 1 } 0x1CF2, 0x1CF3;
my %was_nonspacing   = map { $_ => 1 } 0x1734, 0x1171E;
my %not_yet_mark     = map { $_ => 1 } 0x111C9;
my %not_yet_nonspacing = map { $_ => 1 } 0x1885, 0x1886, 0xA9BD, 0x111C9;
my %was_punctuation  = map { $_ => 1 } 0x166D, 0x111C9;

my (@mark, @nonspacing, @punctuation, @format, %class, @canonical, @compatible);
my %decomposition = read_decompositions();
my %combining     = read_classes();

for my $c (0 .. 0x10FFFF) {
    next if $c >= 0xD800 && $c <= 0xDFFF;
    my $ch = chr $c;
    if ($ch =~ /\p{Present_In: 9.0}/) {
        push @mark, $c if $was_mark{$c} || $ch =~ /\p{M}/ && !$not_yet_mark{$c};
        push @{ $class{ $combining{$c} } }, $c if $combining{$c};
        if (my $d = $decomposition{$c}) {
            my $line = sprintf("%X%s %s", $c, $ch =~ /\p{Full_Composition_Exclusion}/ ? "!" : "", $d->[1]);
            push @{ $d->[0] ? \@compatible : \@canonical }, $line;
        }
    }
    if ($ch =~ /\p{Present_In: 8.0}/) {
        push @nonspacing,  $c if $was_nonspacing{$c} || $ch =~ /\p{Mn}/ && !$not_yet_nonspacing{$c};
        push @punctuation, $c if $was_punctuation{$c} || $ch =~ /\p{P}/;
        push @format,      $c if $ch =~ /\p{Cf}/;
    }
}

print "# Written by tables.pl. Ranges and code points in hexadecimal; '!' marks what is never composed again.\n";
print_set("mark",        @mark);
print_set("nonspacing",  @nonspacing);
print_set("punctuation", @punctuation);
print_set("format",      @format);
print_set("class $_", @{ $class{$_} }) for sort { $a <=> $b } keys %class;
print "canonical\n",  map { "$_\n" } @canonical;
print "compatible\n", map { "$_\n" } @compatible;

sub print_set {
    my ($name, @points) = @_;
    my @ranges;
    for my $c (@points) {
        if (@ranges && $ranges[-1][1] == $c - 1) { $ranges[-1][1] = $c }
        else                                     { push @ranges, [ $c, $c ] }
    }
    print "$name: ", join(" ", map { $_->[0] == $_->[1] ? sprintf("%X", $_->[0]) : sprintf("%X-%X", @$_) } @ranges), "\n";
}

sub read_decompositions {
    my %of;
    for (split /\n/, do "unicore/Decomposition.pl") {
        my ($first, $last, $mapping) = split /\t/;
        next if hex($first) >= 0xAC00 && hex($first) <= 0xD7A3;    # Hangul is arithmetic
        my $compatible = $mapping =~ s/^<[^>]*> ?//;
        for my $c (hex($first) .. hex($last || $first)) { $of{$c} = [ $compatible, join(" ", map { sprintf "%X", hex } split / /, $mapping) ] }
    }
    return %of;
}

sub read_classes {
    my %of;
    for (split /\n/, do "unicore/CombiningClass.pl") {
        my ($first, $last, $class) = split /\t/;
        for my $c (hex($first) .. hex($last || $first)) { $of{$c} = $class }
    }
    return %of;
}
